package dev.gatehouse.client;

import io.netty.buffer.ByteBuf;

/**
 * What hears the packets of a {@link GatewayClient}: pushes, answers, and acks of heartbeats that the user sent. What the client
 * itself waits for (login, key exchange, opcode 13) comes through its futures.
 *
 * <ul>
 *   <li>Thread: the connection's event loop.
 *   <li>Order: as the gateway sent them.
 *   <li>Blocking: never; whoever must block uses {@link GatewayClient#receive()}.
 *   <li>Buffers: the payload is a view that is valid only during the call and isn't released.
 * </ul>
 *
 * <p>A callback that throws ends the session.
 */
@FunctionalInterface
public interface PacketListener {
    /** A packet came: the readable bytes of {@code payload} stand behind the opcode. */
    void packet(GatewayClient client, int opcode, ByteBuf payload);

    /** There is room again after a send that said there is none. */
    default void writable(GatewayClient client) {}
}
