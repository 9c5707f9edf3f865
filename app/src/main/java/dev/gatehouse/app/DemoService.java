package dev.gatehouse.app;

import dev.gatehouse.backend.PacketHandler;
import dev.gatehouse.backend.User;
import io.netty.buffer.ByteBuf;

/**
 * The service that shows how the gateway works: opcode 1001 is answered with 1002 and the same payload, and 1003 sends its payload
 * to every connected user as 1004, a tiny chat. Other opcodes are ignored.
 */
final class DemoService implements PacketHandler {
    static final int PING = 1001;
    static final int PING_ACK = 1002;
    static final int SAY = 1003;
    static final int SAID = 1004;

    @Override
    public void packet(User user, int opcode, ByteBuf payload) {
        switch (opcode) {
            case PING -> user.push(PING_ACK, payload);
            case SAY -> user.node().users().forEach(everybody -> everybody.push(SAID, payload));
            default -> {}
        }
    }
}
