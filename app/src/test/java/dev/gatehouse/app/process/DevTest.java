package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.client.GatewayClient;
import dev.gatehouse.protocol.LoginRequest;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevTest {
    private static final Pattern COORDINATOR = Pattern.compile("demo1: connected to the coordinator (\\S+),");

    private static GatehouseProcess dev(String... more) {
        return GatehouseProcess.start(Stream.concat(
                        Stream.of(
                                "dev",
                                "--listen",
                                "127.0.0.1:0",
                                "--console",
                                "127.0.0.1:0",
                                "--coordinator",
                                "127.0.0.1:0"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static GatehouseProcess connect(GatehouseProcess dev, String input, String... more) {
        return GatehouseProcess.start(
                Map.of(),
                input,
                Stream.concat(Stream.of("connect", dev.address()), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void saysOneReadyLineAndEndsWithZeroOnTerm() throws Exception {
        try (GatehouseProcess dev = dev()) {
            assertThat(dev.awaitReady())
                    .matches("gatehouse dev ready on 127\\.0\\.0\\.1:\\d+ \\(console http://127\\.0\\.0\\.1:\\d+\\)");
            dev.signal("TERM");
            assertThat(dev.awaitExit()).isZero();
            assertThat(dev.output()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "HUP"})
    void endsWithZeroToo(String signal) throws Exception {
        try (GatehouseProcess dev = dev()) {
            dev.awaitReady();
            dev.signal(signal);
            assertThat(dev.awaitExit()).isZero();
        }
    }

    @Test
    void endsAtOnceOnTheSecondTerm() throws Exception {
        try (GatehouseProcess dev = dev("--grace", "1h")) {
            dev.awaitReady();
            // A client that takes none of its answers keeps the stop waiting for it.
            try (GatewayClient client =
                    GatewayClient.builder(dev.address()).inboxPacketsMax(1).build()) {
                client.connect().join();
                client.login(LoginRequest.of("alice")).join();
                Thread.ofVirtual().start(() -> {
                    while (client.send(1001, new byte[60_000])) {
                        Thread.onSpinWait();
                    }
                });
                await().until(() -> dev.metric("gatehouse_node_returned_total{node=\"demo1\",service=\"demo\"}")
                        > dev.metric("gatehouse_route_packets_total{direction=\"out\",route=\"demo\"}"));
                dev.signal("TERM");
                dev.awaitError("stopping on TERM");
                dev.signal("TERM");
                assertThat(dev.awaitExit()).isEqualTo(128 + 15);
            }
        }
    }

    @Test
    void answersAPipedConversation() throws Exception {
        try (GatehouseProcess dev = dev()) {
            dev.awaitReady();
            String script = """
                    # the conversation of the README, and more
                    login alice
                    send 1001 hello
                    wait 1002
                    send 1001 hex:00ff
                    wait 1002
                    send 1003 hello all
                    wait 1004
                    ping
                    quit
                    """;
            try (GatehouseProcess client = connect(dev, script)) {
                assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
                assertThat(client.output())
                        .startsWith(
                                "logged in as user 1",
                                "<- 1002 proto_ping_ack, 5 bytes: hello",
                                "<- 1002 proto_ping_ack, 2 bytes: hex:00ff",
                                "<- 1004, 9 bytes: hello all");
                assertThat(client.output().getLast()).matches("answered in [0-9.]+ ms");
                assertThat(client.errors()).isEmpty();
            }
        }
    }

    @Test
    void speaksTheLegacyEncryptionWhereAllowed() throws Exception {
        try (GatehouseProcess dev = dev("--legacy-encryption")) {
            dev.awaitReady();
            try (GatehouseProcess client =
                    connect(dev, "send 1001 secret\nwait 1002\n", "--legacy-encryption", "--user", "alice")) {
                assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
                assertThat(client.output()).contains("<- 1002 proto_ping_ack, 6 bytes: secret");
            }
        }
    }

    @Test
    void refusesTheLegacyEncryptionElsewhere() throws Exception {
        try (GatehouseProcess dev = dev()) {
            dev.awaitReady();
            try (GatehouseProcess client = connect(dev, "", "--legacy-encryption")) {
                assertThat(client.awaitExit()).isEqualTo(1);
                assertThat(client.errors()).singleElement().asString().contains("ENCRYPTION_REFUSED");
            }
        }
    }

    @Test
    void endsAPipedConversationAtTheFirstFailure() throws Exception {
        try (GatehouseProcess dev = dev()) {
            dev.awaitReady();
            try (GatehouseProcess client = connect(dev, "login bob\nwait 1002 0.2\nsend 1001 never\n")) {
                assertThat(client.awaitExit()).isEqualTo(1);
                assertThat(client.errors()).containsExactly("gatehouse: line 2: no packet 1002 came within 0.2 s");
            }
            try (GatehouseProcess client = connect(dev, "")) {
                assertThat(client.awaitExit()).isZero();
            }
            try (GatehouseProcess client = connect(dev, "login bob\nsend 40 x\nwait 41\n")) {
                assertThat(client.awaitExit()).isEqualTo(1);
                assertThat(client.output())
                        .anyMatch(line -> line.startsWith("session ended: ") && line.contains("UNKNOWN_OPCODE"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            send 1001 hi             | NOT_LOGGED_IN, opcode 1001 before the login
            send 1001 hi\\nquit       | NOT_LOGGED_IN, opcode 1001 before the login
            login bob\\nsend 40 x     | UNKNOWN_OPCODE, opcode 40 has no route
            """)
    void endsAPipedConversationThatTheGatewayEnds(String script, String cause) throws Exception {
        try (GatehouseProcess dev = dev()) {
            dev.awaitReady();
            try (GatehouseProcess client = connect(dev, script.translateEscapes() + "\n")) {
                assertThat(client.awaitExit()).isEqualTo(1);
                assertThat(client.errors()).containsExactly("gatehouse: the gateway ended the session: " + cause);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"send, send OPCODE [TEXT | hex:DIGITS | file:PATH]", "sleep 1 2, sleep SECONDS", "quit now, quit"})
    void saysHowACommandIsWritten(String command, String usage) throws Exception {
        try (GatehouseProcess dev = dev()) {
            dev.awaitReady();
            try (GatehouseProcess client = connect(dev, command + "\n")) {
                assertThat(client.awaitExit()).isEqualTo(1);
                assertThat(client.errors()).containsExactly("gatehouse: line 1: usage: " + usage);
            }
        }
    }

    @Test
    void sendsMoreThanOneSideKeeps() throws Exception {
        try (GatehouseProcess dev = dev()) {
            dev.awaitReady();
            String script = "login bob\n" + ("send 1001 " + "x".repeat(50_000) + "\n").repeat(200) + "send 1001 last\n";
            try (GatehouseProcess client = connect(dev, script)) {
                assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
            }
            assertThat(dev.metric("gatehouse_route_packets_total{direction=\"in\",route=\"demo\"}"))
                    .isEqualTo(201);
        }
    }

    @Test
    void placesUsersByTheRingOfItsOwnCoordinator() throws Exception {
        try (GatehouseProcess dev = dev()) {
            dev.awaitReady();
            String coordinator = dev.errors().stream()
                    .map(COORDINATOR::matcher)
                    .filter(Matcher::find)
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            try (GatehouseProcess nodes = GatehouseProcess.start(
                    Map.of("GATEHOUSE_CLUSTER_SECRET", "development"), "", "nodes", "--coordinator", coordinator)) {
                assertThat(nodes.awaitExit()).as("%s", nodes.errors()).isZero();
                assertThat(nodes.output()).last().asString().matches("demo1 +demo .* owner +100.0 % .*");
            }
            assertThat(dev.metric("gatehouse_ring_epoch{service=\"demo\"}")).isEqualTo(1);
        }
    }

    @Test
    void servesHealthAndMetrics() throws Exception {
        try (GatehouseProcess dev = dev()) {
            dev.awaitReady();
            assertThat(dev.get("/health/live").statusCode()).isEqualTo(200);
            // On a slow machine the link comes up after the ready line.
            await().until(() -> dev.get("/health/ready").statusCode() == 200);
            assertThat(dev.get("/nowhere").statusCode()).isEqualTo(404);
            try (GatehouseProcess client = connect(dev, "send 1001 hello\nwait 1002\n", "--user", "alice")) {
                assertThat(client.awaitExit()).isZero();
            }
            assertThat(dev.metric("gatehouse_logins_total")).isEqualTo(1);
            assertThat(dev.metric("gatehouse_route_packets_total{direction=\"in\",route=\"demo\"}"))
                    .isEqualTo(1);
            assertThat(dev.metric("gatehouse_node_forwarded_total{node=\"demo1\",service=\"demo\"}"))
                    .isEqualTo(1);
            assertThat(dev.metric("gatehouse_opcode_handling_seconds_count{opcode=\"proto_ping_req\"}"))
                    .isEqualTo(1);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> dev.metric("gatehouse_sessions_ended_total{reason=\"CLIENT_CLOSED\"}") == 1);
        }
    }
}
