/** An echo on t-io. */
@NullMarked
package dev.gatehouse.bench.peer.tio;

import org.jspecify.annotations.NullMarked;
