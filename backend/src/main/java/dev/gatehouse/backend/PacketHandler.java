package dev.gatehouse.backend;

import io.netty.buffer.ByteBuf;

/**
 * What a service does with its users' packets. One handler serves all users of a node.
 *
 * <ul>
 *   <li>Thread: one user's callbacks all run on the event loop that the user's link lives on, so callbacks of different users may
 *       run at the same time. With {@link ServiceNodeBuilder#blocking} they run on a virtual thread of the user's own.
 *   <li>Order: {@link #opened}, the packets as the client sent them, {@link #closed}; never two at once for one user.
 *   <li>Blocking: not on the event loop, where it would hold up other users; as one likes on virtual threads.
 *   <li>Buffers: the payload is valid during the call and needs no release; a handler that wants to keep it retains it, and then
 *       releases it later.
 *   <li>Errors: a callback that throws ends that user's attachment with INTERNAL, by which the gateway ends the session. Other
 *       users don't notice.
 * </ul>
 */
public interface PacketHandler {

    /** A user's session was attached. */
    default void opened(User user) {}

    /**
     * A packet came from the user's client.
     *
     * @param opcode a signed 16-bit number
     */
    void packet(User user, int opcode, ByteBuf payload);

    /**
     * The attachment ends: the session ended, the link was lost or this node stops. Called once for each user that was opened, also
     * when the handler threw. Unless the link is gone, what is pushed here still reaches the gateway.
     */
    default void closed(User user) {}
}
