package dev.gatehouse.cluster.internal.participant;

import static dev.gatehouse.cluster.TestParticipant.SECRET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.testing.ManualTicker;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A link to a coordinator that proves itself and then says nothing more, not even PONG; by a clock that the test moves. */
class SilentCoordinatorTest {
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Framing TYPED = Framing.typed(MessageCodec.BODY_BYTES_MAX);

    private final ManualTicker ticker = new ManualTicker();
    private final BlockingQueue<Connection> verified = new LinkedBlockingQueue<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final List<String> why = new CopyOnWriteArrayList<>();

    private final class Mute implements ConnectionHandler {
        private final String key = Proof.newKey();

        @Override
        public void opened(Connection connection) {
            connection.framing(Framing.fixed(Proof.KEY_BYTES));
            connection.send(key.getBytes(US_ASCII));
            connection.framing(TYPED);
        }

        @Override
        public void message(Connection connection, ByteBuf payload) {
            switch (MessageCodec.decode(payload)) {
                case Message.Verify verify -> {
                    connection.send(MessageCodec.encode(new Message.Verified(
                            0,
                            STEP.toMillis(),
                            3,
                            SILENCE.toMillis(),
                            Proof.ofCoordinator(SECRET, key, verify.nonce()))));
                    verified.add(connection);
                }
                case Message.Ping ping -> pings.incrementAndGet();
                default -> throw new AssertionError("unexpected");
            }
        }
    }

    private final class Events implements LinkEvents {
        @Override
        public void verified(String coordinator, Message.Verified welcome) {}

        @Override
        public void rings(RingSnapshot rings) {}

        @Override
        public void disconnected(String sentence, Duration wait) {
            why.add(sentence);
        }
    }

    /** In steps that are no pause; its ping shows that the link has seen each. */
    private void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            int before = pings.get();
            ticker.advance(STEP);
            await().until(() -> pings.get() > before || !why.isEmpty());
        }
    }

    @Test
    void isLeftAfterTenSecondsAndAskedAgain() throws InterruptedException {
        try (Server server = Server.builder("127.0.0.1:0", TYPED)
                        .handlers(connection -> new Mute())
                        .start();
                CoordinatorLink link = new CoordinatorLink(
                        ClusterAccess.of(List.of(Address.format(server.localAddress())), SECRET),
                        Participant.watcher("gateway1"),
                        new Events(),
                        ticker)) {
            link.start();
            verified.take();
            await().until(link::verified);
            pass(SILENCE);
            assertThat(why).isEmpty();
            pass(STEP);
            assertThat(why.getFirst()).contains("the coordinator is silent");
            verified.take();
            await().until(link::verified);
        }
    }
}
