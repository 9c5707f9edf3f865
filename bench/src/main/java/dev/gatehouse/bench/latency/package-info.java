/**
 * Whether a loaded server ever stands still: echo servers whose flight recordings hold the turns of their event loops, and what these
 * recordings say. Start reading at {@code bench/latency}, then {@link dev.gatehouse.bench.latency.LatencyServer}.
 */
@NullMarked
package dev.gatehouse.bench.latency;

import org.jspecify.annotations.NullMarked;
