package dev.gatehouse.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.GatewayStatistics;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StatsdPushTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final AtomicReference<GatewayStatistics> statistics = new AtomicReference<>(Statistics.sample());

    private static List<String> received(DatagramSocket socket, String last) throws IOException {
        socket.setSoTimeout(30_000);
        List<String> lines = new ArrayList<>();
        while (lines.stream().noneMatch(line -> line.startsWith(last))) {
            DatagramPacket datagram = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(datagram);
            assertThat(datagram.getLength()).isLessThanOrEqualTo(1400);
            lines.addAll(new String(datagram.getData(), 0, datagram.getLength(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList());
        }
        return lines;
    }

    @Test
    void sendsHandlingTimeAsTheSeedNamesIt() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Metrics metrics = Metrics.ofGateway(statistics::get)) {
            StatsdPush push = StatsdPush.start(metrics, "127.0.0.1", server.getLocalPort(), NEVER);
            push.close();
            assertThat(received(server, "API.")).contains("API.PROTO_PING_REQ:10.000000|ms");
        }
    }

    @Test
    void pushesAgainAndAgain() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Metrics metrics = Metrics.ofGateway(statistics::get);
                StatsdPush push =
                        StatsdPush.start(metrics, "127.0.0.1", server.getLocalPort(), Duration.ofMillis(50))) {
            assertThat(push).isNotNull();
            assertThat(received(server, "gatehouse.users")).contains("gatehouse.users:2|g");
            assertThat(received(server, "gatehouse.users")).contains("gatehouse.users:2|g");
        }
    }

    @Test
    void saysWhatHasChangedSinceTheLastTime() {
        try (Metrics metrics = Metrics.ofGateway(statistics::get)) {
            StatsdLines lines = new StatsdLines();
            assertThat(lines.of(metrics.refreshed()))
                    .contains(
                            "gatehouse.users:2|g",
                            "gatehouse.sessions.ended.KICKED:5|c",
                            "gatehouse.node.forwarded.g1.game:10|c");
            statistics.set(Statistics.withOpcodes(
                    List.of(new GatewayStatistics.Opcode(1001, "proto_ping_req", 5, 50_000_000 + 30_000_000))));
            assertThat(lines.of(metrics.refreshed()))
                    .contains("API.PROTO_PING_REQ:17.500000|ms|@0.250000000", "gatehouse.users:2|g")
                    .noneMatch(line -> line.startsWith("gatehouse.sessions.ended"));
        }
    }

    @Test
    void countsANodeThatWasForgottenAnew() {
        try (Metrics metrics = Metrics.ofGateway(statistics::get)) {
            StatsdLines lines = new StatsdLines();
            lines.of(metrics.refreshed());
            statistics.set(Statistics.withNodes(List.of()));
            assertThat(lines.of(metrics.refreshed())).noneMatch(line -> line.contains(".g1."));
            statistics.set(Statistics.withNodes(List.of(Statistics.node("g1", 3))));
            assertThat(lines.of(metrics.refreshed())).contains("gatehouse.node.forwarded.g1.game:3|c");
        }
    }

    @Test
    void keepsNamesFreeOfWhatMeansSomethingToStatsd() {
        statistics.set(Statistics.withOpcodes(List.of(new GatewayStatistics.Opcode(1, "a.b:c|d@e", 1, 1_000_000))));
        try (Metrics metrics = Metrics.ofGateway(statistics::get)) {
            assertThat(new StatsdLines().of(metrics.refreshed())).contains("API.A_B_C_D_E:1.000000|ms");
        }
    }
}
