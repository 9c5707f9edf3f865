package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.protocol.Gonet2;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A client that sends numbered packets without pause, some ahead of the answers, and keeps what comes back. */
final class Talker implements AutoCloseable {
    private static final int AHEAD = 8;

    private final RawClient client;
    private final List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private volatile int last = Integer.MAX_VALUE;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile Optional<RawClient.Packet> end = Optional.empty();
    private volatile boolean closedInOrder;

    Talker(GatewayFixture gateway, String udid) {
        client = gateway.client(udid);
        thread = Thread.ofVirtual().name(udid).start(this::talk);
    }

    static List<Talker> start(GatewayFixture gateway, int count) {
        List<Talker> talkers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            talkers.add(new Talker(gateway, "talker-" + i));
        }
        return talkers;
    }

    /** Waits until each of them has got so many answers more. */
    static void awaitAnswers(List<Talker> talkers, int more) {
        List<Integer> before = talkers.stream().map(t -> t.answers().size()).toList();
        for (int i = 0; i < talkers.size(); i++) {
            Talker talker = talkers.get(i);
            int enough = before.get(i) + more;
            await().until(() -> talker.answers().size() >= enough);
        }
    }

    /** Stops all of them: each must have had every answer once, and in order. */
    static void assertNothingLost(List<Talker> talkers) {
        for (Talker talker : talkers) {
            List<Integer> sent = talker.finish();
            assertThat(talker.answers()).isEqualTo(sent);
            talker.close();
        }
    }

    private void talk() {
        try {
            for (int received = 0; received < last || received < sent.get(); received++) {
                while (sent.get() < last && sent.get() - received < AHEAD) {
                    client.send(1001, ByteBuffer.allocate(4).putInt(sent.get()).array());
                    sent.incrementAndGet();
                }
                if (received < sent.get() && !receive()) {
                    return;
                }
            }
        } catch (UncheckedIOException e) {
            // The gateway has closed while this was sending: what it sent before is still to be read.
            drain();
        }
    }

    private boolean receive() {
        RawClient.Packet packet = client.receive();
        if (packet.opcode() == Gonet2.CLIENT_ERROR_ACK) {
            end = Optional.of(packet);
            closedInOrder = client.closedInOrder();
            client.close();
            return false;
        }
        answers.add(ByteBuffer.wrap(packet.payload()).getInt());
        return true;
    }

    private void drain() {
        try {
            while (receive()) {}
        } catch (UncheckedIOException e) {
            // A reset: the test sees that no end has come.
        }
    }

    /** What came back so far. */
    List<Integer> answers() {
        return answers;
    }

    /** How the gateway ended the session, once this has. */
    Optional<RawClient.Packet> end() {
        return end;
    }

    boolean closedInOrder() {
        return closedInOrder;
    }

    /** Sends no more, waits for the answers to all that was sent, and gives what should have come. */
    List<Integer> finish() {
        // Those that it sends before it sees this are answered too.
        last = sent.get();
        join();
        return IntStream.range(0, sent.get()).boxed().toList();
    }

    void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
