/** Echoes on the JDK alone: the floor of all comparisons, and blocking sockets. */
@NullMarked
package dev.gatehouse.bench.peer.jdk;

import org.jspecify.annotations.NullMarked;
