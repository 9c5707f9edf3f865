package heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.ConnectException;
import dev.gatehouse.net.Ticker;
import dev.gatehouse.testing.ManualTicker;
import dev.gatehouse.testing.TestPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.Program;
import tools.Tools;

@Timeout(120)
class HeartbeatTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration MASTER_TIMEOUT = Duration.ofSeconds(10);

    private final List<String> atMaster = new CopyOnWriteArrayList<>();
    private final List<String> atNode = new CopyOnWriteArrayList<>();
    private final Master master = new Master("127.0.0.1:0", NEVER, atMaster::add);

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void aNodeThatAnswersMissesNothing() throws IOException {
        ManualTicker ticker = new ManualTicker();
        try (Node node = node(ticker)) {
            node.start();
            assertThat(atMaster.getFirst()).matches("node node at 127.0.0.1:\\d+ has registered");
            for (int i = 0; i < 10; i++) {
                ticker.advance(MASTER_TIMEOUT.minusMillis(1));
                // The next that is counted may have come before; the one behind it came now.
                int pings = node.pings() + 2;
                await().until(() -> {
                    master.beat();
                    return node.pings() >= pings;
                });
            }
            assertThat(atMaster).hasSize(1);
            assertThat(atNode).containsExactly("registered with " + address());
        }
    }

    @Test
    void aNodeIsLostAfterThreeMissesInARow() throws IOException {
        try (ServerSocket node = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            register(node.getLocalPort());
            missPing(node);
            missPing(node);
            answerPing(node);
            missPing(node);
            missPing(node);
            assertThat(atMaster).noneMatch(line -> line.contains("lost"));
            missPing(node);
        }
        await().until(() -> atMaster.contains("node fake is lost"));
        assertThat(atMaster.stream().skip(1))
                .containsExactly(
                        "node fake missed a ping (1 of 3)",
                        "node fake missed a ping (2 of 3)",
                        "node fake missed a ping (1 of 3)",
                        "node fake missed a ping (2 of 3)",
                        "node fake missed a ping (3 of 3)",
                        "node fake is lost");
    }

    @Test
    void aMasterIsLostAfterTenSecondsWithoutAPingAndFoundAgain() throws IOException {
        ManualTicker ticker = new ManualTicker();
        try (Node node = node(ticker)) {
            node.start();
            ticker.advance(MASTER_TIMEOUT);
            String registered = "registered with " + address();
            await().untilAsserted(
                            () -> assertThat(atNode).containsExactly(registered, "the master is lost", registered));
        }
    }

    @Test
    void refusesWhatIsNoRegistration() {
        for (String line : List.of("register", "register a 70000", "register a b c", "register a\u0007 1", "ping")) {
            try (TestPeer peer = TestPeer.connect(master.localAddress())) {
                peer.sendText(line + "\n")
                        .expectText("error: expected: register NAME PORT\n")
                        .expectEof();
            }
        }
    }

    @Test
    void aNodeThatCannotRegisterDoesNotStart() throws IOException {
        try (Node nameless = new Node("no name", address(), "127.0.0.1:0", NEVER, Ticker.system(), atNode::add)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(nameless::start)
                    .withMessageContaining("expected: register NAME PORT");
        }
        try (Node masterless =
                new Node("node", "127.0.0.1:" + Tools.freePort(), "127.0.0.1:0", NEVER, Ticker.system(), atNode::add)) {
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(masterless::start)
                    .withMessageContaining("nobody listens there");
        }
    }

    @Test
    void masterAndNodeFindAndLoseEachOtherAsPrograms() throws IOException {
        try (Program theMaster =
                Program.java("heartbeat.Heartbeat", "master", "--listen", "127.0.0.1:0", "--interval", "0.2s")) {
            String where = theMaster.awaitListening();
            try (Program node = Program.java(
                    "heartbeat.Heartbeat",
                    "node",
                    "--master",
                    where,
                    "--listen",
                    "127.0.0.1:" + Tools.freePort(),
                    "--master-timeout",
                    "2s")) {
                node.awaitListening();
                theMaster.awaitLine("node node at ");
                node.signal("KILL");
                theMaster.awaitLine("node node is lost");
            }
            try (Program node = Program.java(
                    "heartbeat.Heartbeat",
                    "node",
                    "--master",
                    where,
                    "--listen",
                    "127.0.0.1:" + Tools.freePort(),
                    "--master-timeout",
                    "2s")) {
                node.awaitListening();
                theMaster.signal("KILL");
                node.awaitLine("the master is lost");
                node.signal("TERM");
                assertThat(node.awaitExit()).isZero();
            }
        }
    }

    private String address() {
        return Address.format(master.localAddress());
    }

    private Node node(Ticker ticker) throws IOException {
        return new Node("node", address(), "127.0.0.1:" + Tools.freePort(), MASTER_TIMEOUT, ticker, atNode::add);
    }

    private void register(int port) {
        try (TestPeer peer = TestPeer.connect(master.localAddress())) {
            peer.sendText("register fake " + port + "\n").expectText("registered\n");
        }
    }

    /** Takes a ping and hangs up. */
    private void missPing(ServerSocket node) throws IOException {
        int misses = misses();
        nextPing(node).close();
        await().until(() -> misses() == misses + 1);
    }

    /** The master pings nobody whose last ping isn't over for it; so it is asked until it does. */
    private Socket nextPing(ServerSocket node) throws IOException {
        node.setSoTimeout(100);
        while (true) {
            master.beat();
            try {
                return node.accept();
            } catch (SocketTimeoutException e) {
                assertThat(Thread.interrupted()).as("timed out").isFalse();
            }
        }
    }

    private int misses() {
        return (int) atMaster.stream().filter(line -> line.contains("missed")).count();
    }

    /** Answers a ping; the master closes after the pong. */
    private void answerPing(ServerSocket node) throws IOException {
        try (Socket socket = nextPing(node)) {
            assertThat(socket.getInputStream().readNBytes(5))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("ping\n");
            socket.getOutputStream().write("pong\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
