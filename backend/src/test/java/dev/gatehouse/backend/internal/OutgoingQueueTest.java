package dev.gatehouse.backend.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backend.PushOutcome;
import dev.gatehouse.link.OutboundFrame;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutgoingQueueTest {

    /** 10 bytes of payload, 2 of opcode, 2 of head. */
    private static final OutboundFrame FRAME =
            new OutboundFrame().packet(1, Unpooled.wrappedBuffer(new byte[10])).copy();

    @Test
    void isFullByPackets() {
        OutgoingQueue queue = new OutgoingQueue(3, 1000, 1);

        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.DELIVERED);
        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.DELIVERED);
        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.DELIVERED);
        assertThat(queue.room(1)).isEqualTo(PushOutcome.QUEUE_FULL);
        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.QUEUE_FULL);
        assertThat(queue.offerUnbounded(FRAME)).isEqualTo(PushOutcome.DELIVERED);
        assertThat(queue.poll()).isSameAs(FRAME);
        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.QUEUE_FULL);
        assertThat(queue.poll()).isSameAs(FRAME);
        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.DELIVERED);
    }

    @Test
    void isFullByBytes() {
        OutgoingQueue queue = new OutgoingQueue(100, 40, 1);

        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.DELIVERED);
        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.DELIVERED);
        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.QUEUE_FULL);
    }

    @Test
    void isCongestedWhileThereIsRoomForAllAnswers() {
        OutgoingQueue half = new OutgoingQueue(4, 1 << 20, 1);
        OutgoingQueue byPackets = new OutgoingQueue(4, 1 << 20, 3);
        OutgoingQueue byBytes = new OutgoingQueue(100, 3 * 65545, 3);

        half.offer(FRAME);
        byPackets.offer(FRAME);
        byBytes.offer(FRAME);
        assertThat(half.isCongested()).isFalse();
        assertThat(byPackets.isCongested()).isFalse();
        assertThat(byBytes.isCongested()).isTrue();
        half.offer(FRAME);
        byPackets.offer(FRAME);
        assertThat(half.isCongested()).isFalse();
        assertThat(byPackets.isCongested()).isTrue();
        half.offer(FRAME);
        assertThat(half.isCongested()).isTrue();
    }

    @Test
    void takesOneFrameOfAnyLengthWhenEmpty() {
        OutgoingQueue queue = new OutgoingQueue(1, 1, 1);

        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.DELIVERED);
        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.QUEUE_FULL);
    }

    @Test
    void refusesAllOnceClosed() {
        OutgoingQueue queue = new OutgoingQueue(10, 1000, 1);
        queue.offer(FRAME);
        queue.close();

        assertThat(queue.isClosed()).isTrue();
        assertThat(queue.room(1)).isEqualTo(PushOutcome.USER_GONE);
        assertThat(queue.offer(FRAME)).isEqualTo(PushOutcome.USER_GONE);
        assertThat(queue.offerUnbounded(FRAME)).isEqualTo(PushOutcome.USER_GONE);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.poll()).isSameAs(FRAME);
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void holdsExactlyWhatWasAcceptedBeforeTheClose() throws Exception {
        for (int round = 0; round < 50; round++) {
            OutgoingQueue queue = new OutgoingQueue(1 << 20, Integer.MAX_VALUE, 1);
            AtomicInteger accepted = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    while (queue.offer(FRAME) == PushOutcome.DELIVERED) {
                        accepted.incrementAndGet();
                    }
                }));
            }
            while (accepted.get() < 10) {
                Thread.onSpinWait();
            }
            queue.close();
            int polled = 0;
            while (!queue.isEmpty()) {
                if (queue.poll() != null) {
                    polled++;
                }
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(polled).isEqualTo(accepted.get());
        }
    }
}
