package dev.gatehouse.backend;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers 1001 with 1002, pushes 1003 to all as 1004, throws at 1666, and notes who came and went. */
class RecordingHandler implements PacketHandler {

    final List<User> opened = new CopyOnWriteArrayList<>();
    final List<User> closed = new CopyOnWriteArrayList<>();

    @Override
    public void opened(User user) {
        opened.add(user);
    }

    @Override
    public void packet(User user, int opcode, ByteBuf payload) {
        switch (opcode) {
            case 1001 -> user.push(1002, payload);
            case 1003 -> user.node().users().forEach(each -> each.push(1004, payload));
            case 1666 -> throw new IllegalStateException("the test's handler fails");
            default -> {}
        }
    }

    @Override
    public void closed(User user) {
        closed.add(user);
    }
}
