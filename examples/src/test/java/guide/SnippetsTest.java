package guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Client;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.ConnectionError;
import dev.gatehouse.net.KeptConnection;
import dev.gatehouse.net.Server;
import dev.gatehouse.testing.TestPeer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Each snippet does what docs/net.md says of it. */
class SnippetsTest {
    private static final String ANY = "127.0.0.1:0";

    @Test
    void handlers() {
        try (Server numbers = Handlers.lineNumbers(ANY);
                Server blocking = Handlers.oneByOne(ANY);
                Server greeter = Handlers.greeter(ANY);
                Server upgrades = Handlers.upgrades(ANY)) {
            talk(numbers.localAddress(), "a\n", "welcome\n1 a\n");
            talk(blocking.localAddress(), "a\nb\n", "a\nb\n");
            talk(greeter.localAddress(), "Ada\n", "Your name?\nHello, Ada\n");
            talk(upgrades.localAddress(), "v2\n\0\1x", "v2\n\0\1x");
        }
    }

    @Test
    void listeners() {
        try (Server server = Servers.listensTwice(ANY, "[::1]:0")) {
            server.localAddresses().forEach(address -> talk(address, "a\n", "a\n"));
        }
        Servers.sharesThreads(ANY, ANY, server -> {
            try (TestPeer peer = TestPeer.connect(server.localAddress())) {
                peer.sendText("a\n");
                await().until(() -> server.statistics().bytesIn() == 2);
            }
        });
    }

    @Test
    void limits() {
        try (Server server = Servers.limited(ANY)) {
            talk(server.localAddress(), "a\n", "a\n");
            try (TestPeer peer = TestPeer.connect(server.localAddress())) {
                peer.sendText("x".repeat(1025)).expectEof();
            }
            await().untilAsserted(() -> assertThat(Servers.figures(server)).containsEntry("refused frames", 1L));
            assertThat(Servers.figures(server)).containsEntry("messages in", 1L).containsEntry("opened", 2L);
        }
    }

    @Test
    void errors() {
        List<ConnectionError> errors = new CopyOnWriteArrayList<>();
        try (Server server = Servers.reports(ANY, errors::add)) {
            talk(server.localAddress(), "123456\n12345678901\n", "123456\n");
            await().until(() -> errors.size() == 2);
            assertThat(errors.get(0).closeReason()).isEmpty();
            assertThat(errors.get(0).message()).contains("a line of more than 5 bytes");
            assertThat(errors.get(1).closeReason()).contains(CloseReason.FRAME_TOO_LARGE);
        }
    }

    @Test
    void attachments() {
        try (Server server = Servers.shares(ANY)) {
            talk(server.localAddress(), "a\nb\n", "a\nb\n");
            Optional<Servers.Visits> visits = server.attachment(Servers.Visits.class);
            assertThat(visits.orElseThrow().count().sum()).isEqualTo(2);
            try (TestPeer peer = TestPeer.connect(server.localAddress())) {
                // The one before has gone, and this one has come.
                await().until(() -> server.statistics().opened() == 2 && server.connections() == 1);
                Servers.tellEverybody(server, "hear".getBytes(StandardCharsets.UTF_8));
                peer.expectText("hear\n");
            }
        }
    }

    @Test
    void clients() {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Server server = Servers.limited(ANY);
                Client client = Clients.reconnecting(lines::add)) {
            String address = Address.format(server.localAddress());
            assertThat(Clients.ask(address, "a")).isEqualTo("a");
            try (KeptConnection kept = Clients.subscribe(client, List.of("127.0.0.1:1", address))) {
                await().until(() -> lines.size() == 1);
                server.remoteAddresses().forEach(server::close);
                await().until(() -> lines.size() == 2 && kept.connection().isPresent());
            }
            assertThat(lines).containsExactly("subscribe", "subscribe");
        }
    }

    private static void talk(InetSocketAddress address, String sent, String expected) {
        try (TestPeer peer = TestPeer.connect(address)) {
            peer.sendText(sent).expectText(expected);
        }
    }
}
