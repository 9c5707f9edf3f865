package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a program sees of its server: listeners, connections, attachments. */
class ServerViewTest extends TransportTest {
    private static final ConnectionHandler ECHO = (c, message) -> c.send(message);

    ServerViewTest(Transport transport) {
        super(transport);
    }

    @Test
    void listensOnSeveralAddresses() {
        Server server =
                start(server(FRAMES).listen("127.0.0.2:0").listen("[::1]:0").handler(ECHO));
        assertThat(server.localAddresses()).hasSize(3).doesNotHaveDuplicates();
        assertThat(server.localAddress()).isEqualTo(server.localAddresses().getFirst());
        for (InetSocketAddress address : server.localAddresses()) {
            Peer peer = closed(Peer.connect(address));
            assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        }
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void listensNowhereIfOneAddressIsTaken() {
        Server taken = start(server(FRAMES).handler(ECHO));
        String address = Address.format(taken.localAddress());
        Server.Builder two = server(FRAMES).listen(address);
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(two::start)
                .withMessage("can't listen on " + address + ": the port is in use");
    }

    @Test
    void namesItsPeers() {
        Server server = start(server(FRAMES).handler(ECHO));
        Peer first = peer(server);
        Peer second = peer(server);
        await().untilAsserted(() -> assertThat(server.remoteAddresses())
                .containsExactlyInAnyOrder(first.localAddress(), second.localAddress()));
    }

    @Test
    void closesTheConnectionFromAnAddress() {
        Server server = start(server(FRAMES).handler(ECHO));
        Peer first = peer(server);
        Peer second = peer(server);
        InetSocketAddress address = first.localAddress();
        first.sendFrames("a").readFrame();
        second.sendFrames("a").readFrame();
        assertThat(server.close(address)).isTrue();
        assertThat(first.readFrame()).isEqualTo("EOF");
        first.close();
        awaitClosed(server, CloseReason.LOCAL, 1);
        assertThat(second.sendFrames("b").readFrame()).isEqualTo("b");
        await().until(() -> !server.close(address));
    }

    @Test
    void reachesAllConnections() {
        Server server = start(server(FRAMES).handler(ECHO));
        List<Peer> peers = List.of(peer(server), peer(server), peer(server));
        await().until(() -> server.connections() == 3);
        server.forEach(c -> c.send(new byte[] {'x'}));
        peers.forEach(peer -> assertThat(peer.readFrame()).isEqualTo("x"));
    }

    @Test
    void keepsAnObjectForTheServerAndOneForEachConnection() {
        AtomicInteger shared = new AtomicInteger();
        Server server = start(server(FRAMES).attachment(shared).handler((c, message) -> {
            int own = c.attachment(Integer.class).orElse(0) + 1;
            c.attach(own);
            int all = c.sharedAttachment(AtomicInteger.class).orElseThrow().incrementAndGet();
            c.send((own + " of " + all).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }));
        Peer first = peer(server);
        Peer second = peer(server);
        assertThat(first.sendFrames("a").readFrame()).isEqualTo("1 of 1");
        assertThat(second.sendFrames("a").readFrame()).isEqualTo("1 of 2");
        assertThat(first.sendFrames("a").readFrame()).isEqualTo("2 of 3");
        assertThat(server.attachment(AtomicInteger.class)).hasValue(shared);
        assertThat(server.attachment(String.class)).isEmpty();
    }

    @Test
    void runsItsHookOnceWhenEverybodyHasGone() {
        CompletableFuture<Integer> left = new CompletableFuture<>();
        AtomicInteger runs = new AtomicInteger();
        Server[] self = new Server[1];
        Server server = start(server(FRAMES).handler(ECHO).onStopped(() -> {
            runs.incrementAndGet();
            left.complete(self[0].connections());
        }));
        self[0] = server;
        Peer peer = peer(server);
        peer.sendFrames("a").readFrame();
        server.close();
        server.close();
        assertThat(left.join()).isZero();
        assertThat(runs).hasValue(1);
        assertThat(server.ended()).isCompleted();
    }

    @Test
    void saysWhenAConnectionHasEnded() {
        CompletableFuture<CloseReason> ended = new CompletableFuture<>();
        Server server = start(server(FRAMES).handler((c, message) -> {
            c.ended().thenAccept(ended::complete);
            c.close();
        }));
        Peer peer = peer(server);
        peer.sendFrames("a").readAll();
        peer.close();
        assertThat(ended.join()).isEqualTo(CloseReason.LOCAL);
    }
}
