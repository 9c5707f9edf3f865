/**
 * Our own programs that {@code bench/run} starts in processes of their own: the servers that it measures, the service behind the
 * gateway, and the load. Each prints {@code ready PORT} once it listens.
 */
@NullMarked
package dev.gatehouse.bench.program;

import org.jspecify.annotations.NullMarked;
