package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientTest extends TransportTest {
    ClientTest(Transport transport) {
        super(transport);
    }

    private Server echo() {
        return start(server(FRAMES).handler((c, message) -> c.send(message)));
    }

    private Client.Builder client() {
        return Client.builder(FRAMES).eventLoops(loops);
    }

    private static Connection connect(Client client, Server server) {
        return client.connect(server.localAddress())
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void sendsAndReceives() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Client client = closed(client().handler((c, message) -> heard.add(message.toString(StandardCharsets.US_ASCII)))
                .build());
        Server server = echo();
        Connection connection = connect(client, server);
        for (int i = 0; i < 100; i++) {
            connection.send(ascii("m" + i));
        }
        await().untilAsserted(() -> assertThat(heard).hasSize(100));
        for (int i = 0; i < 100; i++) {
            assertThat(heard.get(i)).isEqualTo("m" + i);
        }
        assertThat(connection.remoteAddress()).isEqualTo(server.localAddress());
        assertThat(connection.localAddress().getPort()).isPositive();
        connection.close();
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
        assertThat(connection.closing()).isTrue();
    }

    @Test
    void isOpenBeforeItsFutureCompletes() {
        List<String> order = new CopyOnWriteArrayList<>();
        Client client = closed(client().handler(new ConnectionHandler() {
                    @Override
                    public void opened(Connection c) {
                        order.add("opened");
                    }

                    @Override
                    public void message(Connection c, ByteBuf payload) {}
                })
                .build());
        client.connect(echo().localAddress())
                .thenRun(() -> order.add("connected"))
                .join();
        assertThat(order).containsExactly("opened", "connected");
    }

    @Test
    void talksToABlockingHandler() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Client client = closed(client().blockingHandler(c -> {
                    c.send(ascii("hello"));
                    answer.complete(new String(c.receive().orElseThrow(), StandardCharsets.US_ASCII));
                })
                .build());
        connect(client, echo());
        assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("hello");
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        String nobody = nobody();
        Client client = closed(client().build());
        assertThatThrownBy(() -> client.connect(nobody).join())
                .cause()
                .isInstanceOf(ConnectException.class)
                .hasMessage("can't connect to " + nobody + ": nobody listens there");
    }

    @Test
    void saysThatTheHostIsUnknown() {
        Client client = closed(client().build());
        assertThatThrownBy(() -> client.connect("no-such-host.invalid:1").join())
                .cause()
                .isInstanceOf(ConnectException.class)
                .hasMessage("can't connect to no-such-host.invalid:1: unknown host no-such-host.invalid");
    }

    @Test
    void givesUpInTime() throws IOException {
        // A full backlog: the kernel answers no further connection.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort());
            Client client =
                    closed(client().connectTimeout(Duration.ofMillis(300)).build());
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            client.connect(address).join();
                        }
                    })
                    .cause()
                    .isInstanceOf(ConnectException.class)
                    .hasMessageEndingWith(": no answer in time");
        }
    }

    @Test
    void endsTheConnectionsOnItsOwnEventLoops() {
        Server server = echo();
        CompletableFuture<CloseReason> reason = new CompletableFuture<>();
        Client client = Client.builder(FRAMES)
                .handler(new ConnectionHandler() {
                    @Override
                    public void message(Connection c, ByteBuf payload) {}

                    @Override
                    public void closed(Connection c, CloseReason why) {
                        reason.complete(why);
                    }
                })
                .build();
        Connection connection = connect(client, server);
        client.close();
        assertThat(reason.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(CloseReason.SERVER_STOPPED);
        await().until(() -> server.connections() == 0);
        assertThat(connection.send(ascii("x"))).isFalse();
        connection.close();
    }

    @Test
    void canBeClosedOnItsOwnEventLoop() {
        Server server = echo();
        Client client = Client.builder(FRAMES).build();
        Connection connection = connect(client, server);
        connection.eventLoop().execute(client::close);
        await().until(() -> connection.eventLoop().isTerminated());
        await().until(() -> server.connections() == 0);
    }
}
