/** An echo on Reactor Netty. */
@NullMarked
package dev.gatehouse.bench.peer.reactornetty;

import org.jspecify.annotations.NullMarked;
