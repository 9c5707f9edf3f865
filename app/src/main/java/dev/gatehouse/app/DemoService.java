package dev.gatehouse.app;

import dev.gatehouse.app.metrics.ServiceStatistics;
import dev.gatehouse.backend.PacketHandler;
import dev.gatehouse.backend.PushOutcome;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.backend.User;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.LongAdder;

/**
 * The service that shows how the gateway works: opcode 1001 is answered with 1002 and the same payload, and 1003 sends its payload
 * to every connected user as 1004, a tiny chat. Other opcodes are ignored.
 */
final class DemoService implements PacketHandler {
    static final int PING = 1001;
    static final int PING_ACK = 1002;
    static final int SAY = 1003;
    static final int SAID = 1004;

    private final LongAdder taken = new LongAdder();
    private final LongAdder given = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** What was done for the users of a node; any thread. */
    ServiceStatistics statistics(ServiceNode node) {
        return new ServiceStatistics(node.users().size(), taken.sum(), given.sum(), dropped.sum(), node.misplaced());
    }

    /** How many packets went to users; those that found no room or nobody don't count. Any thread. */
    long given() {
        return given.sum();
    }

    @Override
    public void packet(User user, int opcode, ByteBuf payload) {
        taken.increment();
        switch (opcode) {
            case PING -> give(user, PING_ACK, payload);
            case SAY -> user.node().users().forEach(everybody -> give(everybody, SAID, payload));
            default -> {}
        }
    }

    private void give(User user, int opcode, ByteBuf payload) {
        if (user.push(opcode, payload) == PushOutcome.DELIVERED) {
            given.increment();
        } else {
            dropped.increment();
        }
    }
}
