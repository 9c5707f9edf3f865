/** An echo on Apache MINA. */
@NullMarked
package dev.gatehouse.bench.peer.mina;

import org.jspecify.annotations.NullMarked;
