/** A passthrough on grpc-java: the anchor of a gateway with a stream a session. */
@NullMarked
package dev.gatehouse.bench.peer.grpc;

import org.jspecify.annotations.NullMarked;
