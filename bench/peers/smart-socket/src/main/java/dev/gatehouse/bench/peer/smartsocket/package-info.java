/** An echo on smart-socket. */
@NullMarked
package dev.gatehouse.bench.peer.smartsocket;

import org.jspecify.annotations.NullMarked;
