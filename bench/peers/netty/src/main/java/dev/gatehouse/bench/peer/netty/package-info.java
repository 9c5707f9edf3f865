/** An echo on Netty, in two forms. */
@NullMarked
package dev.gatehouse.bench.peer.netty;

import org.jspecify.annotations.NullMarked;
