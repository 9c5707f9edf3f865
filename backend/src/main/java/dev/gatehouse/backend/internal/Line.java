package dev.gatehouse.backend.internal;

import dev.gatehouse.link.OutboundFrame;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;

/** One user's way to its gateway over a contract: the seam between what a node does and how it is said. On the user's event loop. */
interface Line {

    /** Whether another packet may go to the gateway now; if not, {@link Attachment#writable} tells when. */
    boolean ready();

    /** Sends a packet, whose bytes are read during the call. */
    void packet(int opcode, ByteBuf payload);

    /** Sends a packet or a kick that waited. */
    void send(OutboundFrame waited);

    /** The handler is through with a packet of so many bytes of payload. */
    void handled(int payloadBytes);

    /** What waited for the gateway is sent, so more may come from it. */
    void drained();

    /** No more is pushed: what waits is to be sent and then {@link #finish} called. */
    void finishing();

    /** Ends this, after all that was sent. */
    void finish(Status status);
}
