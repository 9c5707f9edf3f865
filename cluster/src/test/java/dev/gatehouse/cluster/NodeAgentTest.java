package dev.gatehouse.cluster;

import static dev.gatehouse.cluster.TestParticipant.SECRET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.ring.snapshot.HashRange;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Transfer;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** An agent and a coordinator that sends what a test says. */
class NodeAgentTest {
    private static final Framing TYPED = Framing.typed(MessageCodec.BODY_BYTES_MAX);

    private final BlockingQueue<Connection> verified = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> why = new LinkedBlockingQueue<>();

    private final class Scripted implements ConnectionHandler {
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
                    String proof = Proof.ofCoordinator(SECRET, key, verify.nonce());
                    connection.send(MessageCodec.encode(new Message.Verified(0, 60_000, 3, 120_000, proof)));
                    verified.add(connection);
                }
                case Message message -> reports.add(message);
            }
        }
    }

    /** Rings with a change under way that concerns the node, or with none. */
    private static void publish(Connection connection, RingVersion version, long... transferId) {
        Optional<PendingTransfers> pending = LongStream.of(transferId)
                .mapToObj(id -> new PendingTransfers(
                        id, List.of(new Transfer("game", Optional.empty(), "game1", new HashRange(0, 0)))))
                .findFirst();
        RingSnapshot rings = RingSnapshot.of(version, RingSettings.DEFAULT, List.of(), pending);
        connection.eventLoop().execute(() -> connection.send(MessageCodec.encode(new Message.Ring(rings))));
    }

    private Connection connected() throws InterruptedException {
        return taken(verified);
    }

    private void reports(long transferId) throws InterruptedException {
        assertThat(taken(reports)).isEqualTo(new Message.State(NodeState.NORMAL, transferId));
    }

    private static <T> T taken(BlockingQueue<T> queue) throws InterruptedException {
        return Optional.ofNullable(queue.poll(60, TimeUnit.SECONDS)).orElseThrow();
    }

    private NodeAgent agent(Server server) {
        return NodeAgent.builder(
                        ClusterAccess.of(List.of(Address.format(server.localAddress())), SECRET),
                        Node.of("game1", "game", "127.0.0.1", 7001))
                .listener(new ClusterListener() {
                    @Override
                    public void disconnected(String sentence, Duration wait) {
                        why.add(sentence);
                    }
                })
                .start();
    }

    private Server server() {
        return Server.builder("127.0.0.1:0", TYPED)
                .handlers(connection -> new Scripted())
                .start();
    }

    @Test
    void leavesACoordinatorWhoseEpochWasThereAndKeepsItsRings() throws InterruptedException {
        try (Server server = server();
                NodeAgent agent = agent(server)) {
            Connection first = connected();
            publish(first, new RingVersion(7, 90));
            publish(first, new RingVersion(8, 91));
            first.eventLoop().execute(first::close);
            publish(connected(), new RingVersion(1, 200));
            connected();
            assertThat(taken(why)).contains("the connection ended");
            assertThat(taken(why)).contains("epoch 1, but epoch 8 was there", "--new-epoch N");
            assertThat(agent.rings().orElseThrow().version()).isEqualTo(new RingVersion(8, 91));
        }
    }

    @Test
    void saysAgainWhatIsUnderWayButNothingOfWhatIsOver() throws InterruptedException {
        try (Server server = server();
                NodeAgent agent = agent(server)) {
            Connection first = connected();
            reports(0);
            publish(first, new RingVersion(1, 1), 2);
            reports(2);
            first.eventLoop().execute(first::close);
            Connection second = connected();
            reports(2);
            publish(second, new RingVersion(1, 2));
            publish(second, new RingVersion(1, 3), 3);
            reports(3);
            publish(second, new RingVersion(1, 4));
            publish(second, new RingVersion(9, 1), 3);
            reports(3);
            publish(second, new RingVersion(9, 2));
            publish(second, new RingVersion(9, 3), 4);
            reports(4);
            assertThat(agent.node().id()).isEqualTo("game1");
        }
    }
}
