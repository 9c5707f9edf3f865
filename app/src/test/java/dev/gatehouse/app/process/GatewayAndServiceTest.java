package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateway, service and client, each a process of its own. */
class GatewayAndServiceTest {
    private static final String SECRET = "a-service-token";

    @TempDir
    private Path folder;

    private static GatehouseProcess service() {
        return GatehouseProcess.start(
                Map.of("GATEHOUSE_TOKEN", SECRET), "", "service", "--name", "game", "--listen", "127.0.0.1:0");
    }

    private Path config(String nodes) throws IOException {
        Files.writeString(folder.resolve("users"), "7 the-token-of-seven\n");
        return Files.writeString(
                folder.resolve("gatehouse.yaml"), """
                listen: 127.0.0.1:0
                console: {listen: '127.0.0.1:0'}
                users: {token-file: %s}
                attach-timeout: 30s
                services:
                  game:
                    token: %s
                    nodes: {%s}
                routes:
                  game: {opcodes: 1001-1999, service: game}
                opcodes:
                  1001: hello_req
                """.formatted(folder.resolve("users"), SECRET, nodes));
    }

    private static GatehouseProcess client(GatehouseProcess gateway, String token, String input) {
        return GatehouseProcess.start(
                Map.of("GATEHOUSE_CERTIFICATE", token), input, "connect", gateway.address(), "--user", "seven");
    }

    @Test
    void letsInWhoShowsAToken() throws Exception {
        try (GatehouseProcess service = service()) {
            assertThat(service.awaitReady()).isEqualTo("gatehouse service game ready on " + service.address());
            Path config = config("g1: '" + service.address() + "'");
            try (GatehouseProcess gateway = GatehouseProcess.start("gateway", "--config", config.toString())) {
                gateway.awaitReady();
                try (GatehouseProcess client = client(gateway, "the-token-of-seven", "send 1001 hi\nwait 1002\n")) {
                    assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
                    assertThat(client.output())
                            .containsExactly("logged in as user 7", "<- 1002 proto_ping_ack, 2 bytes: hi");
                }
                try (GatehouseProcess client = client(gateway, "another", "")) {
                    assertThat(client.awaitExit()).isEqualTo(1);
                    assertThat(client.errors()).singleElement().asString().contains("the login failed: REFUSED");
                }
                assertThat(gateway.metric("gatehouse_opcode_handling_seconds_count{opcode=\"hello_req\"}"))
                        .isEqualTo(1);
                assertThat(String.join("\n", gateway.errors())).doesNotContain(SECRET, "the-token-of-seven");
                gateway.signal("TERM");
                assertThat(gateway.awaitExit()).isZero();
            }
            service.signal("TERM");
            assertThat(service.awaitExit()).isZero();
        }
    }

    @Test
    void showsHealthAndMetricsOfAService() throws Exception {
        try (GatehouseProcess service = GatehouseProcess.start(
                Map.of("GATEHOUSE_TOKEN", SECRET),
                "",
                "service",
                "--name",
                "game",
                "--listen",
                "127.0.0.1:0",
                "--console",
                "127.0.0.1:0",
                "--grace",
                "1h")) {
            assertThat(service.awaitReady())
                    .matches(
                            "gatehouse service game ready on 127\\.0\\.0\\.1:\\d+ \\(console http://127\\.0\\.0\\.1:\\d+\\)");
            assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(service.get("/health/ready").statusCode()).isEqualTo(200);
            Path config = config("g1: '" + service.address() + "'");
            try (GatehouseProcess gateway = GatehouseProcess.start("gateway", "--config", config.toString())) {
                gateway.awaitReady();
                String script = "send 1001 hi\nwait 1002\nsend 1777 hi\n";
                try (GatehouseProcess client = client(gateway, "the-token-of-seven", script)) {
                    assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
                }
                await().until(() -> service.metric("gatehouse_service_packets_total{direction=\"in\"}") == 2);
                assertThat(service.metric("gatehouse_service_packets_total{direction=\"out\"}"))
                        .isEqualTo(1);
                await().until(() -> service.metric("gatehouse_service_users") == 0);
                try (GatehouseProcess stays = client(gateway, "the-token-of-seven", "sleep 60\n")) {
                    await().until(() -> service.metric("gatehouse_service_users") == 1);
                    // A gateway that doesn't answer keeps the stop waiting.
                    gateway.signal("STOP");
                    service.signal("TERM");
                    await().until(() -> service.get("/health/ready").statusCode() == 503);
                    assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
                    assertThat(stays.isAlive()).isTrue();
                }
            }
        }
    }

    @Test
    void learnsOfANodeByHangUp() throws Exception {
        try (GatehouseProcess service = service()) {
            service.awaitReady();
            Path config = config("g1: '127.0.0.1:1'");
            try (GatehouseProcess gateway = GatehouseProcess.start("gateway", "--config", config.toString())) {
                gateway.awaitReady();
                assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
                assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(503);
                config("g1: '" + service.address() + "'");
                gateway.signal("HUP");
                await().until(() -> gateway.get("/health/ready").statusCode() == 200);
                Files.writeString(config, "users: {mode: development}\n");
                gateway.signal("HUP");
                // The service has no nodes any more.
                await().until(() -> gateway.get("/health/ready").statusCode() == 503);
                gateway.awaitError("the service game is gone");
                config("g1: '" + service.address() + "'");
                gateway.signal("HUP");
                await().until(() -> gateway.get("/health/ready").statusCode() == 200);
                Files.writeString(config, "listen: [\n");
                gateway.signal("HUP");
                await().until(() ->
                        gateway.errors().stream().anyMatch(line -> line.contains("the configuration stays as it was")));
                try (GatehouseProcess client = client(gateway, "the-token-of-seven", "send 1001 hi\nwait 1002\n")) {
                    assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
                }
            }
        }
    }
}
