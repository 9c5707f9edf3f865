/** An echo on Vert.x. */
@NullMarked
package dev.gatehouse.bench.peer.vertx;

import org.jspecify.annotations.NullMarked;
