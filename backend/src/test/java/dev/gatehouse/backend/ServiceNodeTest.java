package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What a node does with the packets of its users. */
class ServiceNodeTest extends NodeContract {

    @Test
    void answersPacketsOfAllLengths() throws Exception {
        TestAttachment user = link(start(handler)).attach(42);
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 125, 126, 4093, 4094, 16380, 65533}) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            user.send(1001, payload);
            TestAttachment.Received answer = user.next();
            assertThat(answer.opcode()).isEqualTo(1002);
            assertThat(answer.payload()).isEqualTo(payload);
        }
    }

    @Test
    void acceptsAtOnceAndTellsTheHandler() {
        ServiceNode node = start(handler);
        link(node).attach(42).accepted();

        eventually(() -> handler.opened.size() == 1);
        User user = handler.opened.getFirst();
        assertThat(user.id()).isEqualTo(42);
        assertThat(user.node()).isSameAs(node);
        assertThat(node.user(42)).containsSame(user);
        assertThat(node.users()).containsExactly(user);
        assertThat(node.user(43)).isEmpty();
        user.state("the service's own");
        assertThat(user.state(String.class)).contains("the service's own");
        assertThat(user.state(Integer.class)).isEmpty();
    }

    @Test
    void keepsTheOrderOfManyPackets() throws Exception {
        TestAttachment user = link(start(handler)).attach(42);
        for (int i = 0; i < 20_000; i++) {
            user.send(1001, i);
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(user.next().number()).isEqualTo(i);
        }
    }

    @Test
    void givesTheNewestAttachmentOfAUser() {
        ServiceNode node = start(handler);
        TestAttachment first = link(node).attach(42).accepted();
        eventually(() -> handler.opened.size() == 1);
        TestAttachment second = link(node).attach(42).accepted();
        eventually(() -> handler.opened.size() == 2);

        assertThat(node.user(42)).containsSame(handler.opened.get(1));
        assertThat(node.users()).hasSize(1);
        first.close();
        assertThat(first.end().isOk()).isTrue();
        assertThat(handler.closed).containsExactly(handler.opened.get(0));
        assertThat(node.user(42)).containsSame(handler.opened.get(1));
        second.close();
        second.end();
        assertThat(node.user(42)).isEmpty();
    }

    @Test
    void lendsThePayloadAndForgivesWhatAHandlerDoesWithIt() throws Exception {
        BlockingQueue<ByteBuf> kept = new LinkedBlockingQueue<>();
        TestAttachment user = link(start((from, opcode, payload) -> {
                    switch (opcode) {
                        case 1 -> kept.add(payload.retain());
                        case 2 -> payload.release();
                        case 3 -> payload.clear();
                        default -> from.push(opcode, payload);
                    }
                }))
                .attach(42);
        for (int opcode = 1; opcode <= 4; opcode++) {
            user.send(opcode, opcode);
        }
        assertThat(user.next().number()).isEqualTo(4);
        ByteBuf payload = kept.take();
        assertThat(payload.readInt()).isEqualTo(1);
        payload.release();
    }
}
