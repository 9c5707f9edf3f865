package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How clients come and go, and stall. */
class ClientsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    /** An echo that counts its connections. */
    private static final class CountingEcho implements ConnectionHandler {
        final AtomicInteger opened = new AtomicInteger();

        @Override
        public void opened(Connection connection) {
            opened.incrementAndGet();
        }

        @Override
        public void message(Connection connection, ByteBuf payload) {
            connection.send(payload);
        }
    }

    private final CountingEcho echo = new CountingEcho();

    private Server server() {
        return EchoServers.start(Framing.lengthPrefixed(2, 65_535), echo);
    }

    private static LoadConfig.Builder config(Server server) {
        return LoadConfig.builder(EchoServers.address(server), Mode.lengthPrefixed(2))
                .clients(10)
                .connectsPerSecond(0);
    }

    @Test
    void makesConnectionsAnewAfterSoManyMessages() throws InterruptedException {
        try (Server server = server();
                Load load = Load.start(
                        config(server).churn(new Churn(Duration.ZERO, 10)).build())) {
            Measurement measured = load.run(Pace.closed(3), LONG, 1_000);
            assertThat(measured.findings().examples()).isEmpty();
            assertThat(measured.findings().ends()).isEmpty();
            assertThat(measured.answers()).isEqualTo(1_000);
            assertThat(echo.opened.get()).isGreaterThanOrEqualTo(100);
            assertThat(measured.connections()).isGreaterThanOrEqualTo(90);
        }
    }

    @Test
    void makesConnectionsAnewAfterATime() throws InterruptedException {
        try (Server server = server();
                Load load = Load.start(config(server)
                        .churn(new Churn(Duration.ofMillis(50), 0))
                        .build())) {
            Thread.ofVirtual().start(() -> {
                Awaitility.await().atMost(LONG).until(() -> echo.opened.get() > 50);
                load.stop();
            });
            Measurement measured = load.run(Pace.open(1_000), LONG);
            assertThat(measured.findings().examples()).isEmpty();
            assertThat(measured.answers()).isEqualTo(measured.sent());
            assertThat(echo.opened.get()).isGreaterThan(50);
        }
    }

    @Test
    void connectsNotFasterThanTheRampSays() throws InterruptedException {
        try (Server server = server()) {
            long start = System.nanoTime();
            try (Load load = Load.start(config(server).connectsPerSecond(8).build())) {
                load.awaitConnected();
                assertThat(load.progress().connected()).isEqualTo(10);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void stalledReadersGetAllTheirAnswersLater() throws InterruptedException {
        try (Server server = server();
                Load load = Load.start(config(server)
                        .payloadBytes(4096)
                        .stalls(new Stalls(50, Duration.ofMillis(400), Duration.ofMillis(300)))
                        .build())) {
            Measurement measured = load.run(Pace.open(5_000), Duration.ofSeconds(2));
            assertThat(measured.findings().examples()).isEmpty();
            assertThat(measured.answers()).isEqualTo(measured.sent()).isPositive();
            // The clients that stall have no say in the latency.
            assertThat(measured.latency().getTotalCount()).isBetween(1L, measured.answers() - 1);
        }
    }

    @Test
    void stalledReadersDoNotRead() throws InterruptedException {
        List<Long> times = new CopyOnWriteArrayList<>();
        try (Server server = EchoServers.start(Framing.lengthPrefixed(2, 65_535), (connection, message) -> {
                    times.add(System.nanoTime());
                    connection.send(message);
                });
                Load load = Load.start(config(server)
                        .clients(1)
                        .stalls(new Stalls(100, Duration.ofMillis(700), Duration.ofMillis(500)))
                        .build())) {
            Thread.ofVirtual().start(() -> {
                Awaitility.await().atMost(LONG).until(() -> longestPause(times).compareTo(Duration.ofMillis(350)) > 0);
                load.stop();
            });
            // With one message in flight, a client that doesn't read its answer sends no other.
            Measurement measured = load.run(Pace.closed(1), LONG);
            assertThat(measured.findings().examples()).isEmpty();
            assertThat(measured.latency().getTotalCount()).isZero();
        }
        assertThat(longestPause(times)).isGreaterThan(Duration.ofMillis(350));
    }

    private static Duration longestPause(List<Long> times) {
        return Duration.ofNanos(IntStream.range(1, times.size())
                .mapToLong(at -> times.get(at) - times.get(at - 1))
                .max()
                .orElse(0));
    }

    @Test
    void spreadsStallsEvenly() {
        Stalls stalls = new Stalls(10, Duration.ofSeconds(10), Duration.ofSeconds(1));
        for (int first = 0; first < 1000; first += 10) {
            int from = first;
            assertThat(IntStream.range(from, from + 10).filter(stalls::of)).hasSize(1);
        }
    }

    @Test
    void holdsIdleConnections() throws InterruptedException {
        try (Server server = server();
                Load load = Load.start(config(server).build())) {
            Measurement measured = load.run(Pace.closed(0), Duration.ofMillis(100));
            assertThat(measured.connected()).isEqualTo(10);
            assertThat(measured.sent()).isZero();
            assertThat(measured.findings().endCount()).isZero();
            assertThat(measured.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void countsClientsThatCanNotConnectAndGoesOnWithTheOthers() throws InterruptedException {
        try (Server server = Server.builder("127.0.0.1:0", Framing.lengthPrefixed(2, 65_535))
                        .connectionsMax(4)
                        .handler(echo)
                        .start();
                Load load = Load.start(config(server).build())) {
            Measurement measured = load.run(Pace.closed(1), LONG, 1_000);
            assertThat(measured.answers()).isPositive();
            assertThat(measured.findings().endCount()).isPositive();
        }
    }
}
