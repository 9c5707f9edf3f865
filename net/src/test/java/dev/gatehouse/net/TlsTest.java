package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.tls.TlsProvider;
import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** TLS under the framing, on the provider that is on the class path; the peer is the JDK's own. */
class TlsTest extends TransportTest {
    private static final X509Bundle CERTIFICATE = certificate();

    TlsTest(Transport transport) {
        super(transport);
    }

    private static X509Bundle certificate() {
        try {
            return new CertificateBuilder()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Server.Builder tlsServer(Framing framing) {
        return server(framing).tls(serverContext());
    }

    private static SslContext serverContext() {
        try {
            return SslContextBuilder.forServer(CERTIFICATE.toKeyManagerFactory())
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The socket below can be reached too, for what TLS would not do. */
    private record TlsPeer(Peer peer, Socket below) {}

    private TlsPeer tlsPeer(Server server, String protocol) throws Exception {
        Socket below = new Socket(
                server.localAddress().getAddress(), server.localAddress().getPort());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(below, "localhost", server.localAddress().getPort(), true);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        return new TlsPeer(closed(new Peer(socket)), below);
    }

    @Test
    void carriesMessagesBothWays() throws Exception {
        Server server = start(tlsServer(FRAMES).handler((c, message) -> c.send(message)));
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            Peer peer = tlsPeer(server, protocol).peer();
            for (int size : new int[] {0, 1, 20_000, 0xFFFF}) {
                String text = "x".repeat(size);
                assertThat(peer.sendFrames(text).readFrame()).isEqualTo(text);
            }
        }
    }

    @Test
    void repliesAfterThePeersCloseNotify() throws Exception {
        Server server = start(tlsServer(FRAMES).handler((c, message) -> c.send(message)));
        Peer peer = tlsPeer(server, "TLSv1.3").peer();
        peer.sendFrames("a", "b", "c").shutdownOutput();
        byte[] replies = peer.readAll();
        // BoringSSL ends both directions, at a moment of its own.
        byte[] all = FramingContract.concat(Peer.frame("a"), Peer.frame("b"), Peer.frame("c"));
        assertThat(replies).isEqualTo(Arrays.copyOf(all, replies.length));
        if (TlsProvider.inUse() == TlsProvider.JDK) {
            assertThat(replies).isEqualTo(all);
        }
        peer.close();
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
    }

    @Test
    void flushesEverythingAndCloseNotifyBeforeItCloses() throws Exception {
        Server server = start(tlsServer(FRAMES).handler((c, message) -> {
            for (int i = 0; i < 100; i++) {
                c.send(new byte[60_000]);
            }
            c.close();
        }));
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            Peer peer = tlsPeer(server, protocol).peer();
            // More than it will ever read.
            peer.send(FramingContract.concat(Peer.frame("a"), new byte[100_000]));
            // The JDK's socket makes an error of an EOF without close_notify.
            assertThat(peer.readAll()).hasSize(100 * 60_002);
            peer.close();
        }
        awaitClosed(server, CloseReason.LOCAL, 2);
    }

    @Test
    void takesOneMessageUpToEofOnlyWithCloseNotify() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        Server server = start(tlsServer(Framing.untilEof(1000)).handler(new ConnectionHandler() {
            @Override
            public void message(Connection c, ByteBuf payload) {
                heard.add(payload.toString(StandardCharsets.US_ASCII));
            }
        }));
        Peer whole = tlsPeer(server, "TLSv1.3").peer();
        whole.send("whole".getBytes(StandardCharsets.US_ASCII)).shutdownOutput();
        await().untilAsserted(() -> assertThat(heard).containsExactly("whole"));
        TlsPeer cut = tlsPeer(server, "TLSv1.3");
        cut.peer().send("cu".getBytes(StandardCharsets.US_ASCII));
        await().until(() -> server.statistics().bytesIn() == 7);
        cut.below().shutdownOutput();
        awaitClosed(server, CloseReason.PEER_CLOSED, 2);
        assertThat(heard).containsExactly("whole");
    }

    @Test
    void aPeerThatSpeaksNoTlsIsATlsError() {
        Server server = start(tlsServer(FRAMES).handler((c, message) -> c.send(message)));
        Peer peer = peer(server);
        peer.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        awaitClosed(server, CloseReason.TLS_ERROR, 1);
        assertThat(server.statistics().opened()).isEqualTo(1);
        await().until(() -> server.connections() == 0);
    }

    @Test
    void aPeerThatSaysNothingMeetsTheFirstDeadline() {
        Server server = start(tlsServer(FRAMES)
                .options(ConnectionOptions.builder()
                        .firstMessageTimeout(Duration.ofHours(1))
                        .build())
                .handler((c, message) -> c.send(message)));
        Peer peer = peer(server);
        awaitConnections(server, 1);
        advance(Duration.ofHours(1));
        awaitClosed(server, CloseReason.FIRST_MESSAGE_TIMEOUT, 1);
        peer.close();
    }

    @Test
    void aPeerThatLeavesBeforeTheHandshakeIsNoError() {
        Server server = start(tlsServer(FRAMES).handler((c, message) -> c.send(message)));
        peer(server).close();
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
        await().until(() -> server.connections() == 0);
    }

    @Test
    void aStopEndsHandshakesUnderWay() {
        Server server = start(tlsServer(FRAMES).handler((c, message) -> c.send(message)));
        peer(server);
        awaitConnections(server, 1);
        assertThat(server.stop(Duration.ofSeconds(60))).isTrue();
        assertThat(server.statistics().closed(CloseReason.SERVER_STOPPED)).isEqualTo(1);
    }

    @Test
    void clientAndServerTalkAndEachSeesTheOthersClose() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<CloseReason> end = new CompletableFuture<>();
        Server server = start(tlsServer(FRAMES).handler((c, message) -> {
            c.send(message);
            c.close();
        }));
        SslContext trusting = SslContextBuilder.forClient()
                .trustManager(CERTIFICATE.getCertificate())
                .build();
        Client client = closed(Client.builder(FRAMES)
                .eventLoops(loops)
                .tls(trusting)
                .handler(new ConnectionHandler() {
                    @Override
                    public void message(Connection c, ByteBuf payload) {
                        answer.complete(payload.toString(StandardCharsets.US_ASCII));
                    }

                    @Override
                    public void closed(Connection c, CloseReason reason) {
                        end.complete(reason);
                    }
                })
                .build());
        String address = "localhost:" + server.localAddress().getPort();
        client.connect(address).orTimeout(60, TimeUnit.SECONDS).join().send("hi".getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("hi");
        assertThat(end.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(CloseReason.PEER_CLOSED);
        awaitClosed(server, CloseReason.LOCAL, 1);

        Client doubting = closed(Client.builder(FRAMES)
                .eventLoops(loops)
                .tls(SslContextBuilder.forClient().build())
                .build());
        assertThatThrownBy(() -> doubting.connect(address).join())
                .cause()
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "can't connect to 127.0.0.1:"
                                + server.localAddress().getPort()
                                + ": the TLS handshake failed: the server's certificate is not signed by anybody whom we trust");
    }
}
