/**
 * The coordinator that knows which nodes live and publishes their rings, and the sides of those who talk to it. Start reading at
 * {@link dev.gatehouse.cluster.Coordinator}, {@link dev.gatehouse.cluster.NodeAgent} and {@link dev.gatehouse.cluster.Watcher}.
 */
@NullMarked
package dev.gatehouse.cluster;

import org.jspecify.annotations.NullMarked;
