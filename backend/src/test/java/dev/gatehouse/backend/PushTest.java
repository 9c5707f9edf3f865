package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.PATIENCE;
import static dev.gatehouse.backend.TestAttachment.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.link.Frame;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a service sends to its users: in order, bounded, and to whom it can. */
class PushTest extends NodeContract {

    @Test
    void pushesToAllUsersFromOneHandler() throws Exception {
        ServiceNode node = start(handler);
        List<TestAttachment> users = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            // A link of its own each, so that they live on different event loops.
            users.add(link(node).attach(i).accepted());
        }
        eventually(() -> node.users().size() == 8);
        users.get(3).send(1003, 77);
        for (TestAttachment user : users) {
            TestAttachment.Received push = user.next();
            assertThat(push.opcode()).isEqualTo(1004);
            assertThat(push.number()).isEqualTo(77);
        }
    }

    @Test
    void pushesFromManyThreadsInTheOrderOfEach() throws Exception {
        ServiceNode node = start(handler);
        TestAttachment attachment = link(node).attach(42).accepted();
        eventually(() -> node.user(42).isPresent());
        User user = node.user(42).orElseThrow();
        int threads = 8;
        int each = 2000;
        List<Thread> pushers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int opcode = 2000 + t;
            pushers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; ) {
                    if (user.push(opcode, new byte[] {0, 0, (byte) (i >>> 8), (byte) i}) == PushOutcome.DELIVERED) {
                        i++;
                    } else {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        int[] next = new int[threads];
        for (int i = 0; i < threads * each; i++) {
            TestAttachment.Received push = attachment.next();
            assertThat(push.number()).isEqualTo(next[push.opcode() - 2000]++);
        }
        for (Thread pusher : pushers) {
            pusher.join();
        }
        assertThat(attachment.receivedCount()).isZero();
    }

    @Test
    void saysWhenTheQueueIsFullAndDeliversTheRest() throws Exception {
        ServiceNode node = open(builder(handler).queuePacketsMax(100).start());
        TestAttachment attachment = link(node).attachTakingNothing(42).accepted();
        eventually(() -> node.user(42).isPresent());
        User user = node.user(42).orElseThrow();
        int delivered = 0;
        PushOutcome last = user.push(3000, new byte[8192]);
        while (last == PushOutcome.DELIVERED) {
            delivered++;
            assertThat(delivered)
                    .as("packets on the way to a gateway that takes none")
                    .isLessThan(10_000);
            last = user.push(3000, new byte[8192]);
        }
        assertThat(last).isEqualTo(PushOutcome.QUEUE_FULL);
        assertThat(delivered).isGreaterThanOrEqualTo(100);
        assertThat(user.kick()).isEqualTo(PushOutcome.DELIVERED);

        attachment.takeAll();
        for (int i = 0; i < delivered; i++) {
            assertThat(attachment.next().opcode()).isEqualTo(3000);
        }
        assertThat(attachment.next().type()).isEqualTo(Frame.KICK);
    }

    @Test
    void holdsTheSenderBackInsteadOfDroppingAnswers() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        ServiceNode node = open(builder((user, opcode, payload) -> {
                    handled.incrementAndGet();
                    if (user.push(opcode, payload) != PushOutcome.DELIVERED) {
                        throw new IllegalStateException("an answer was dropped");
                    }
                })
                .queuePacketsMax(40)
                .start());
        TestAttachment attachment = link(node).attachTakingNothing(42).accepted();
        int all = 600;
        for (int i = 0; i < all; i++) {
            attachment.send(i, new byte[60_000]);
        }
        // Nothing is taken until the node has come to a stand.
        AtomicInteger before = new AtomicInteger(-1);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> handled.get() > 0 && before.getAndSet(handled.get()) == handled.get());
        assertThat(handled).hasValueLessThan(all);

        attachment.takeAll();
        for (int i = 0; i < all; i++) {
            assertThat(attachment.next().opcode()).isEqualTo(i);
        }
    }

    @Test
    void kicksOnce() throws Exception {
        TestAttachment attachment = link(start(new RecordingHandler() {
                    @Override
                    public void packet(User user, int opcode, ByteBuf payload) {
                        user.push(1002, payload);
                        user.kick();
                        user.kick();
                        user.push(1002, payload);
                    }
                }))
                .attach(42);
        attachment.send(1001, 7);

        assertThat(attachment.next().opcode()).isEqualTo(1002);
        assertThat(attachment.next()).satisfies(kick -> {
            assertThat(kick.type()).isEqualTo(Frame.KICK);
            assertThat(kick.message()).isEmpty();
        });
        if (speaks == TestLink.Speaks.GONET2) {
            assertThat(attachment.next().opcode()).isEqualTo(1002);
        }
    }

    @Test
    void saysThatAUserIsGone() {
        ServiceNode node = start(handler);
        TestAttachment attachment = link(node).attach(42).accepted();
        eventually(() -> handler.opened.size() == 1);
        User user = handler.opened.getFirst();
        attachment.cancel();
        eventually(() -> handler.closed.size() == 1);

        assertThat(handler.closed).containsExactly(user);
        assertThat(user.push(1002, new byte[1])).isEqualTo(PushOutcome.USER_GONE);
        assertThat(user.kick()).isEqualTo(PushOutcome.USER_GONE);
        assertThat(node.user(42)).isEmpty();
    }

    @Test
    void refusesPushesOutOfRange() {
        start(handler);
        ServiceNode node = start(handler);
        link(node).attach(42).accepted();
        eventually(() -> node.user(42).isPresent());
        User user = node.user(42).orElseThrow();

        assertThatThrownBy(() -> user.push(32768, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("opcode: 32768 (expected: -32768..32767)");
        assertThatThrownBy(() -> user.push(1, new byte[65534]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload: 65534 bytes (expected: 0..65533)");
    }
}
