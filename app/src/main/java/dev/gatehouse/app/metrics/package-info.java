/**
 * What can be measured, and how it leaves the process: by HTTP for Prometheus, pushed to StatsD. {@link
 * dev.gatehouse.app.metrics.Meters} lists every meter.
 */
@NullMarked
package dev.gatehouse.app.metrics;

import org.jspecify.annotations.NullMarked;
