package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeptConnectionTest extends TransportTest {
    private static final Backoff SOON = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), 0.5);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ConnectionEvents recorder = new ConnectionEvents() {
        @Override
        public void connected(Connection connection) {
            events.add("connected");
        }

        @Override
        public void disconnected(Connection connection, CloseReason reason, Duration wait) {
            events.add("disconnected " + reason);
        }

        @Override
        public void failed(ConnectException failure, Duration wait) {
            events.add("failed");
        }
    };

    KeptConnectionTest(Transport transport) {
        super(transport);
    }

    private Client client(ConnectionHandler handler) {
        return closed(Client.builder(FRAMES)
                .eventLoops(loops)
                .backoff(SOON)
                .handler(handler)
                .build());
    }

    private Server echo(String address) {
        return start(Server.builder(address, FRAMES).eventLoops(loops).handler((c, message) -> c.send(message)));
    }

    @Test
    void connectsAgainWhenItsServerIsBack() {
        // An address that no other test has: nobody takes the port while it is free.
        Server first = echo("127.0.0.7:0");
        String address = Address.format(first.localAddress());
        List<String> heard = new CopyOnWriteArrayList<>();
        Client client = client((c, message) -> heard.add(message.toString(java.nio.charset.StandardCharsets.US_ASCII)));
        KeptConnection kept = closed(client.keepConnected(List.of(address), recorder));
        await().until(() -> kept.send(new byte[] {'a'}));
        await().until(() -> heard.equals(List.of("a")));
        first.stopAccepting();
        // Until then the kernel still connects.
        await().until(() -> refused(first));
        first.close();
        await().until(() -> events.contains("failed"));
        assertThat(kept.connection()).isEmpty();
        assertThat(kept.send(new byte[] {'b'})).isFalse();
        echo(address);
        await().until(() -> kept.send(new byte[] {'c'}));
        await().until(() -> heard.equals(List.of("a", "c")));
        await().untilAsserted(() -> assertThat(events).endsWith("failed", "connected"));
        assertThat(events).startsWith("connected", "disconnected PEER_CLOSED", "failed");
    }

    @Test
    void goesToTheNextAddress() throws IOException {
        String nobody = nobody();
        Server there = echo("127.0.0.1:0");
        Client client = client((c, message) -> {});
        KeptConnection kept =
                closed(client.keepConnected(List.of(nobody, Address.format(there.localAddress())), recorder));
        await().untilAsserted(() -> assertThat(events).containsExactly("connected"));
        assertThat(kept.connection().orElseThrow().remoteAddress()).isEqualTo(there.localAddress());
    }

    @Test
    void staysClosed() {
        Server server = echo("127.0.0.1:0");
        Client client = client((c, message) -> {});
        KeptConnection kept = client.keepConnected(List.of(Address.format(server.localAddress())), recorder);
        await().until(() -> kept.connection().isPresent());
        kept.close();
        await().until(() -> events.contains("disconnected LOCAL"));
        assertThat(server.statistics().opened()).isEqualTo(1);
        await().until(() -> server.connections() == 0);
        assertThat(events).containsExactly("connected", "disconnected LOCAL");
    }

    @Test
    void saysWhichAddressIsNone() {
        Client client = client((c, message) -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.keepConnected(List.of("nonsense"), recorder))
                .withMessageContaining("nonsense (expected: HOST:PORT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.keepConnected(List.of(), recorder))
                .withMessage("addresses: none (expected: at least one)");
    }

    @Test
    void aConnectWithoutAnybodyFailsAsTheLastAddressDoes() throws IOException {
        String nobody = nobody();
        Client client = client((c, message) -> {});
        assertThat(client.connect(List.of("no-such-host.invalid:1", nobody)).orTimeout(60, TimeUnit.SECONDS))
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withCauseInstanceOf(ConnectException.class)
                .withMessageContaining("can't connect to " + nobody + ": nobody listens there");
    }

    @Test
    void waitsGrowUpToTheLongestAndVary() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 0.5);
        Random random = new Random(1);
        for (int failures = 1; failures < 100; failures++) {
            long full = Math.min(1000, failures > 4 ? 1000 : 100L << (failures - 1));
            assertThat(backoff.after(failures, random).toMillis()).isBetween(full / 2, full);
        }
        assertThat(backoff.after(1, random)).isNotEqualTo(backoff.after(1, random));
    }

    @Test
    void refusesABackoffThatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), 0))
                .withMessage("max: PT1S (expected: at least PT2S)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 1.5))
                .withMessage("jitter: 1.5 (expected: 0..1)");
    }
}
