package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.client.GatewayClient;
import dev.gatehouse.client.LoginFailedException;
import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/**
 * What the demo service does behind a gateway, in whatever language it is written: processes of it, of a gateway and of this
 * test's clients, a service token on the links.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServiceContract extends OnEachContract {
    private static final int PING = 1001;
    private static final int PING_ACK = 1002;
    private static final int SAY = 1003;
    private static final int SAID = 1004;
    private static final int PAYLOAD_BYTES_MAX = 65_529;
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Map<String, String> TOKEN = Map.of("GATEHOUSE_TOKEN", "the-right-one");
    private static final String RIGHT_TOKEN = "    token: the-right-one\n";
    private static final String WRONG_TOKEN = "    token: a-wrong-one\n";

    private final AtomicInteger users = new AtomicInteger();
    private final Processes shared = new Processes();

    @RegisterExtension
    private final Processes processes = new Processes();

    private List<ServiceProcess> nodes = List.of();

    @SuppressWarnings("NullAway.Init") // startShared sets it before the first test.
    private GatewayProcess gateway;

    /** Starts a process of the service on a free port; it wants the token if the environment has one. */
    abstract ChildProcess service(Map<String, String> environment);

    @BeforeParameterizedClassInvocation(injectArguments = true)
    void startShared(String spoken) {
        nodes = shared.services(1, () -> service(TOKEN));
        // On one event loop, and so on one link, what a user says can't overtake the attachment of another.
        String settings = RIGHT_TOKEN + "ping-interval: 5s\nthreads: 1\n";
        gateway = shared.add(GatewayProcess.start(spoken, nodes, settings, ChildProcess.LEAK_DETECTION));
    }

    @AfterParameterizedClassInvocation
    void endShared() throws Exception {
        shared.endAll();
    }

    @Test
    void echoesPayloadsOfEveryLength() {
        try (GatewayClient client = loggedIn()) {
            for (int length :
                    new int[] {0, 1, 2, 125, 126, 127, 128, 16_381, 16_382, 16_384, 65_000, PAYLOAD_BYTES_MAX}) {
                byte[] payload = bytes(length);
                client.send(PING, payload);
                assertThat(Exchange.receive(client, PING_ACK)).isEqualTo(payload);
            }
        }
    }

    @Test
    void keepsTheOrderOfPacketsThatWaitForNoAnswer() {
        List<byte[]> payloads = IntStream.range(0, 1000)
                .mapToObj(i -> bytes(i % 50 == 0 ? 40_000 + i : i % 300))
                .toList();
        try (GatewayClient client = loggedIn()) {
            payloads.forEach(payload -> client.send(PING, payload));
            for (byte[] payload : payloads) {
                assertThat(Exchange.receive(client, PING_ACK)).isEqualTo(payload);
            }
        }
    }

    @Test
    void sendsWhatOneSaysToAClientThatOnlyLoggedIn() {
        try (GatewayClient speaker = loggedIn();
                GatewayClient listener = loggedIn()) {
            byte[] said = bytes(100);
            speaker.send(SAY, said);
            assertThat(Exchange.receive(listener, SAID)).isEqualTo(said);
            assertThat(Exchange.receive(speaker, SAID)).isEqualTo(said);
        }
    }

    @Test
    void answersPingsOfTheLink() {
        try (GatewayClient client = loggedIn()) {
            long before = pings();
            await("pings").atMost(WAIT).until(() -> pings() > before);
            client.send(PING, new byte[] {1});
            assertThat(Exchange.receive(client, PING_ACK)).containsExactly(1);
        }
    }

    private long pings() {
        return gateway.metrics().sum("gatehouse_link_ping_seconds_count", "");
    }

    @Test
    void attachesAUserAgainWhoComesBack() {
        String user = newUser();
        for (int i = 0; i < 3; i++) {
            try (GatewayClient client = loggedIn(gateway, user)) {
                client.send(PING, new byte[] {(byte) i});
                assertThat(Exchange.receive(client, PING_ACK)).containsExactly(i);
            }
        }
        await("nobody attached").atMost(WAIT).until(() -> gateway.metrics().attached("game1") == 0);
    }

    @Test
    void refusesAGatewayWithAWrongToken() {
        GatewayProcess stranger = processes.add(GatewayProcess.startUnlinked(contract, nodes, WRONG_TOKEN, Map.of()));
        try (GatewayClient client = connected(stranger)) {
            var login = client.login(LoginRequest.of(newUser()));
            assertThatThrownBy(login::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            LoginFailedException.class,
                            e -> assertThat(e.code()).isEqualTo(LoginFailure.SERVICE_UNAVAILABLE.code()));
        }
    }

    @Test
    void leavesItsSessionsToAnotherNodeWhenItStops() {
        List<ServiceProcess> pair = processes.services(2, () -> service(Map.of()));
        GatewayProcess front = processes.add(GatewayProcess.start(contract, pair, "", Map.of()));
        Load load = processes.add(Load.start(front.address(), 50));
        load.awaitAnswers(1000);

        pair.get(0).process().signal("TERM");
        assertThat(pair.get(0).process().awaitExit(WAIT)).isZero();
        load.awaitAnswers(1000);

        LoadSummary seen = load.pause();
        assertThat(seen.connected()).isEqualTo(50);
        assertThat(seen.disorders()).isZero();
        assertThat(seen.missing()).isZero();
        assertThat(front.metrics().attached("game2")).isEqualTo(50);
    }

    private GatewayClient loggedIn() {
        return loggedIn(gateway, newUser());
    }

    private static GatewayClient loggedIn(GatewayProcess gateway, String user) {
        GatewayClient client = connected(gateway);
        assertThat(client.login(LoginRequest.of(user)).join()).isPositive();
        return client;
    }

    private static GatewayClient connected(GatewayProcess gateway) {
        return GatewayClient.builder(gateway.address()).build().connect().join();
    }

    private String newUser() {
        return "contract-" + users.incrementAndGet();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
