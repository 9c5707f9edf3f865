package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BlockingHandlerTest {

    @Test
    void holdsUpNobodyElse() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        PacketHandler handler = (user, opcode, payload) -> {
            if (user.id() == 1) {
                awaitQuietly(released);
            }
            user.push(opcode, payload);
        };
        try (ServiceNode node = builder(handler).start();
                TestLink link = new TestLink(node)) {
            TestAttachment stuck = link.attach(1);
            TestAttachment other = link.attach(2);
            for (int i = 0; i < 100; i++) {
                stuck.send(2000, i);
                other.send(2000, i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(other.next().number()).isEqualTo(i);
            }
            assertThat(stuck.receivedCount()).isZero();
            released.countDown();
            for (int i = 0; i < 100; i++) {
                assertThat(stuck.next().number()).isEqualTo(i);
            }
        }
    }

    @Test
    void holdsBackTheLinkOfAStuckUser() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        PacketHandler handler = (user, opcode, payload) -> {
            awaitQuietly(released);
            handled.incrementAndGet();
        };
        try (ServiceNode node = builder(handler).inboxPacketsMax(2).start();
                TestLink link = new TestLink(node)) {
            TestAttachment stuck = link.attach(1).accepted();
            // 64 MiB would be held somewhere if nothing held the sender back.
            AtomicInteger sent = new AtomicInteger();
            while (sent.get() < 1000 && becomesReady(stuck)) {
                stuck.send(2000, new byte[65000]);
                sent.incrementAndGet();
            }
            assertThat(sent).hasValueLessThan(1000);
            released.countDown();
            eventually(() -> handled.get() == sent.get());
        }
    }

    @Test
    void leavesAsManyBytesUnreadAsItMay() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (ServiceNode node = builder((user, opcode, payload) -> awaitQuietly(released))
                        .inboxPacketsMax(1)
                        .unreadBytesMax(4 << 20)
                        .start();
                TestLink link = new TestLink(node)) {
            TestAttachment stuck = link.attach(1).accepted();
            for (int sent = 0; sent < 4 << 20; sent += 60_000) {
                eventually(stuck::isReady);
                stuck.send(2000, new byte[60_000]);
            }
            released.countDown();
        }
    }

    @Test
    void saysThatItLivesWhileAFullInboxKeepsPingsOut() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        PacketHandler handler = (user, opcode, payload) -> {
            awaitQuietly(released);
            user.push(opcode, payload);
        };
        try (ServiceNode node = builder(handler).inboxPacketsMax(2).start();
                TestLink link = new TestLink(node)) {
            TestAttachment busy = link.attach(1);
            for (int i = 0; i < 5; i++) {
                busy.send(2000, i);
            }
            eventually(() -> busy.lifeSigns.get() >= 2);
            released.countDown();
            for (int i = 0; i < 5; i++) {
                assertThat(busy.next().number()).isEqualTo(i);
            }
        }
    }

    @Test
    void interruptsAtTheEndOfTheGracePeriod() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CountDownLatch busy = new CountDownLatch(1);
        PacketHandler handler = (user, opcode, payload) -> {
            busy.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        };
        ServiceNode node = builder(handler).handover(Duration.ZERO).start();
        try (TestLink link = new TestLink(node)) {
            TestAttachment stuck = link.attach(1);
            stuck.send(2000, 1);
            busy.await();
            node.stop(Duration.ofMillis(100));
            assertThat(interrupted).succeedsWithin(TestAttachment.PATIENCE);
            assertThat(stuck.end().isOk()).isFalse();
        }
    }

    @Test
    void mayStopTheNodeButNotFromAnEventLoop() throws Exception {
        CompletableFuture<IllegalStateException> refused = new CompletableFuture<>();
        PacketHandler handler = (user, opcode, payload) -> {
            try {
                user.node().stop(Duration.ofSeconds(1));
            } catch (IllegalStateException e) {
                refused.complete(e);
            }
        };
        try (ServiceNode node = ServiceNode.builder("game").handler(handler).start();
                TestLink link = new TestLink(node)) {
            link.attach(1).send(2000, 1);
            assertThat(refused.get()).hasMessageStartingWith("a node can't be stopped from one of its event loops");
        }
        try (ServiceNode node = builder(handler).handover(Duration.ZERO).start();
                TestLink link = new TestLink(node)) {
            TestAttachment user = link.attach(1);
            user.send(2000, 1);
            node.awaitStopped();
            assertThat(user.end().getCode()).isNotEqualTo(Status.Code.OK);
        }
    }

    private static ServiceNodeBuilder builder(PacketHandler handler) {
        return ServiceNode.builder("game").blocking(true).handler(handler);
    }

    /** Whether a link becomes ready again soon; on a slow machine an early no only makes the test less strict. */
    private static boolean becomesReady(TestAttachment attachment) {
        for (int i = 0; i < 200 && !attachment.isReady(); i++) {
            LockSupport.parkNanos(1_000_000);
        }
        return attachment.isReady();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
