package dev.gatehouse.cluster;

import static dev.gatehouse.cluster.TestParticipant.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.testing.ManualTicker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More connections than the coordinator takes. Its clock stands still, so none of them is late. */
class CrowdTest {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private Coordinator coordinator(CoordinatorConfig config) {
        Coordinator coordinator = keep(Coordinator.builder("127.0.0.1:0", SECRET)
                .config(config)
                .ticker(new ManualTicker())
                .start());
        await().until(() -> coordinator.statistics().leading());
        return coordinator;
    }

    @Test
    void tellsEachOfAThousandStrangersThatItIsFull() {
        Coordinator coordinator = coordinator(CoordinatorConfig.DEFAULT);
        InetSocketAddress address = coordinator.localAddress();
        TestParticipant node = keep(TestParticipant.node(address, "db1"));
        List<TestParticipant> strangers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            strangers.add(keep(TestParticipant.connect(address)));
        }
        int unverifiedMax = CoordinatorConfig.DEFAULT.unverifiedMax();
        strangers.subList(unverifiedMax, strangers.size()).forEach(stranger -> stranger.refused(ErrorCode.FULL));
        CoordinatorStatistics statistics = coordinator.statistics();
        assertThat(statistics.unverified()).isEqualTo(unverifiedMax);
        assertThat(statistics.errors()).containsEntry(ErrorCode.FULL, 1000L - unverifiedMax);
        assertThat(statistics.turnedAway()).isZero();
        node.send(new Message.Ping(7));
        assertThat(node.nextButRings()).isEqualTo(new Message.Pong(7));
        strangers.forEach(TestParticipant::close);
        await().until(() -> coordinator.statistics().unverified() == 0);
        keep(TestParticipant.watcher(address, "web1"));
    }

    @Test
    void turnsAwayWhoIsBeyondAllLimitsTogether() throws IOException {
        Coordinator coordinator = coordinator(CoordinatorConfig.DEFAULT.toBuilder()
                .connectionsMax(1)
                .unverifiedMax(2)
                .closingMax(3)
                .build());
        InetSocketAddress address = coordinator.localAddress();
        List<TestParticipant> strangers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            strangers.add(keep(TestParticipant.connect(address)));
        }
        // They are told, but don't close on their side.
        strangers.subList(2, 6).forEach(stranger -> stranger.failure(ErrorCode.FULL));
        try (Socket beyond = new Socket(address.getAddress(), address.getPort())) {
            assertThat(readFrom(beyond)).isEqualTo(-1);
        }
        await().until(() -> coordinator.statistics().turnedAway() == 1);
        strangers.getLast().close();
        await().until(() -> isGreeted(address));
    }

    private static boolean isGreeted(InetSocketAddress address) {
        try (TestParticipant next = TestParticipant.connect(address)) {
            return next.key().length() == Proof.KEY_BYTES;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** A closed connection, in order or not. */
    private static int readFrom(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException e) {
            return -1;
        }
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }
}
