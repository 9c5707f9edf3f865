package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static LoadConfig.Builder config(Server server, Mode mode) {
        return LoadConfig.builder(EchoServers.address(server), mode).clients(7).connectsPerSecond(0);
    }

    private static Measurement run(LoadConfig config, Pace pace, long messages) throws InterruptedException {
        try (Load load = Load.start(config)) {
            return load.run(pace, LONG, messages);
        }
    }

    private static void assertAllAnswered(Measurement measured, long messages) {
        assertThat(measured.findings().examples()).isEmpty();
        assertThat(measured.findings().endCount()).isZero();
        assertThat(measured.sent()).isEqualTo(messages);
        assertThat(measured.answers()).isEqualTo(messages);
        assertThat(measured.latency().getTotalCount()).isEqualTo(messages);
        assertThat(measured.intervals().stream().mapToLong(Interval::answers).sum())
                .isEqualTo(messages);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void checksAnEchoOfLengthPrefixedFrames(int lengthFieldBytes) throws InterruptedException {
        int bytes = 200;
        try (Server server = EchoServers.right(Framing.lengthPrefixed(lengthFieldBytes, 255))) {
            LoadConfig config = config(server, Mode.lengthPrefixed(lengthFieldBytes))
                    .payloadBytes(bytes)
                    .build();
            Measurement measured = run(config, Pace.closed(16), 10_000);
            assertAllAnswered(measured, 10_000);
            assertThat(measured.bytesReceived()).isEqualTo(10_000L * (lengthFieldBytes + bytes));
            assertThat(measured.bytesSent()).isEqualTo(10_000L * (lengthFieldBytes + bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13, 64, 4096, 1 << 20})
    void checksAnEchoOfLines(int bytes) throws InterruptedException {
        try (Server server = EchoServers.right(Framing.lines(1 << 21))) {
            LoadConfig config = config(server, Mode.lines()).payloadBytes(bytes).build();
            int messages = bytes > 4096 ? 50 : 10_000;
            assertAllAnswered(run(config, Pace.closed(8), messages), messages);
        }
    }

    @Test
    void sendsLargeFramesThatTheSocketTakesInParts() throws InterruptedException {
        try (Server server = EchoServers.right(Framing.lengthPrefixed(4, 1 << 21))) {
            LoadConfig config =
                    config(server, Mode.lengthPrefixed(4)).payloadBytes(1 << 20).build();
            assertAllAnswered(run(config, Pace.closed(4), 100), 100);
        }
    }

    @Test
    void sendsAnOpenLoopAtItsRate() throws InterruptedException {
        try (Server server = EchoServers.right(Framing.lengthPrefixed(2, 65_535))) {
            LoadConfig config =
                    config(server, Mode.lengthPrefixed(2)).threads(3).build();
            Measurement measured = run(config, Pace.open(2_000), 1_000);
            assertAllAnswered(measured, 1_000);
            assertThat(measured.notSent()).isZero();
            assertThat(measured.lateness().getTotalCount()).isEqualTo(1_000);
            assertThat(measured.elapsed()).isBetween(Duration.ofMillis(490), LONG);
        }
    }

    @Test
    void runsAgainAtAnotherPaceWithNothingInFlightBetween() throws InterruptedException {
        try (Server server = EchoServers.right(Framing.lengthPrefixed(2, 65_535));
                Load load = Load.start(
                        config(server, Mode.lengthPrefixed(2)).threads(2).build())) {
            assertAllAnswered(load.run(Pace.closed(32), LONG, 20_000), 20_000);
            assertAllAnswered(load.run(Pace.closed(1), LONG, 2_000), 2_000);
            assertAllAnswered(load.run(Pace.open(10_000), LONG, 2_000), 2_000);
        }
    }

    @Test
    void endsWhenItsTimeIsOver() throws InterruptedException {
        try (Server server = EchoServers.right(Framing.lengthPrefixed(2, 65_535));
                Load load = Load.start(config(server, Mode.lengthPrefixed(2)).build())) {
            Measurement measured = load.run(Pace.closed(2), Duration.ofMillis(300));
            assertThat(measured.answers()).isPositive().isEqualTo(measured.sent());
            assertThat(measured.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThat(measured.findings().faultCount()).isZero();
        }
    }

    @Test
    void stopsBeforeItsTimeAndTellsWhatWasMeasured() throws InterruptedException {
        try (Server server = EchoServers.right(Framing.lengthPrefixed(2, 65_535));
                Load load = Load.start(config(server, Mode.lengthPrefixed(2)).build())) {
            Thread.ofVirtual().start(() -> {
                while (load.progress().answers() == 0) {
                    Thread.onSpinWait();
                }
                load.stop();
            });
            Measurement measured = load.run(Pace.closed(1), LONG);
            assertThat(measured.answers()).isPositive().isEqualTo(measured.sent());
            assertThat(measured.elapsed()).isLessThan(LONG);
        }
    }

    @Test
    void comesFromItsSourceAddressesInTurn() throws IOException, InterruptedException {
        List<InetAddress> sources = List.of(
                InetAddress.getByName("127.0.0.2"),
                InetAddress.getByName("127.0.0.3"),
                InetAddress.getByName("127.0.0.4"));
        Queue<InetAddress> seen = new ConcurrentLinkedQueue<>();
        try (Server server = EchoServers.start(Framing.lengthPrefixed(2, 65_535), (connection, message) -> {
            seen.add(connection.remoteAddress().getAddress());
            connection.send(message);
        })) {
            LoadConfig config = config(server, Mode.lengthPrefixed(2))
                    .clients(6)
                    .sources(sources)
                    .build();
            assertAllAnswered(run(config, Pace.closed(1), 600), 600);
        }
        assertThat(seen).containsAll(sources).allMatch(sources::contains);
    }

    @Test
    void failsWhenNoClientCanConnect() throws IOException {
        // A port that is bound, so that nobody else can listen there.
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "127.0.0.1:" + bound.getLocalPort();
            try (Load load =
                    Load.start(LoadConfig.builder(address, Mode.lines()).build())) {
                assertThatThrownBy(() -> load.run(Pace.closed(1), LONG))
                        .isInstanceOf(LoadException.class)
                        .hasMessage("none of 50 clients could connect: connection refused");
            }
        }
    }

    @Test
    void countsWhatAnOpenLoopCouldNotSend() throws InterruptedException {
        try (Server server = EchoServers.start(Framing.lengthPrefixed(2, 65_535), (connection, message) -> {})) {
            LoadConfig config = config(server, Mode.lengthPrefixed(2))
                    .clients(2)
                    .inFlightMax(10)
                    .answerTimeout(Duration.ofMillis(200))
                    .build();
            Measurement measured = run(config, Pace.open(100_000), 1_000);
            assertThat(measured.sent() + measured.notSent()).isEqualTo(1_000);
            assertThat(measured.notSent()).isPositive();
            assertThat(measured.findings().faults()).containsEntry(Fault.MISSING, measured.sent());
        }
    }
}
