/**
 * What a packet costs the server, measured beside others on the same work in one run. Start reading at
 * {@link dev.gatehouse.bench.PacketCost}.
 */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
