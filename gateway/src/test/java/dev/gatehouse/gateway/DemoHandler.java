package dev.gatehouse.gateway;

import dev.gatehouse.backend.PacketHandler;
import dev.gatehouse.backend.User;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers 1001 with 1002, sends 1003 to everybody as 1004, kicks at 1005, throws at 1006. */
class DemoHandler implements PacketHandler {
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void opened(User user) {
        events.add("opened " + user.id());
    }

    @Override
    public void packet(User user, int opcode, ByteBuf payload) {
        switch (opcode) {
            case 1001 -> user.push(1002, payload);
            case 1003 -> user.node().users().forEach(u -> u.push(1004, payload));
            case 1005 -> user.kick();
            case 1006 -> throw new IllegalStateException("as the test wants");
            default -> {}
        }
    }

    @Override
    public void closed(User user) {
        events.add("closed " + user.id());
    }
}
