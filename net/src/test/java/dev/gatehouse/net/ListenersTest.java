package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.ClientCertificates;
import dev.gatehouse.net.tls.ClientTls;
import dev.gatehouse.net.tls.ServerTls;
import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands under the framing of each listener: PROXY headers, and TLS. */
class ListenersTest extends TransportTest {
    private static final ProxyProtocol LOOPBACK = ProxyProtocol.trusting("127.0.0.0/8", "::1");
    private static final String HEADER = "PROXY TCP4 192.0.2.1 198.51.100.2 1000 443\r\n";

    @TempDir
    private Path directory;

    private final List<ConnectionError> errors = new CopyOnWriteArrayList<>();
    private Path certificate = Path.of("unset");
    private Path key = Path.of("unset");

    ListenersTest(Transport transport) {
        super(transport);
    }

    @BeforeEach
    void makeCertificate() throws Exception {
        X509Bundle made = new CertificateBuilder()
                .ecp256()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        certificate = Files.writeString(directory.resolve("server.pem"), made.getCertificatePEM());
        key = Files.writeString(directory.resolve("server.key"), made.getPrivateKeyPEM());
    }

    private ServerTls tls() {
        return ServerTls.builder(certificate, key).build();
    }

    /** A server that answers each message with the peer's address. */
    private Server.Builder addresses() {
        return Server.builder(FRAMES)
                .eventLoops(loops)
                .errorListener(errors::add)
                .handler(
                        (c, message) -> c.send(Address.format(c.remoteAddress()).getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void awaitError(CloseReason reason, String message) {
        assertThat(awaitError(reason)).isEqualTo(message);
    }

    private String awaitError(CloseReason reason) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(errors).hasSize(1));
        assertThat(errors.getFirst().closeReason()).contains(reason);
        return errors.getFirst().message();
    }

    @Test
    void theHeaderSaysWhoThePeerIs() {
        Server server = start(addresses().listen(Listener.on("127.0.0.1:0").withProxyProtocol(LOOPBACK)));
        Peer peer = peer(server);
        peer.send(FramingContract.concat(ascii(HEADER), Peer.frame("a"), Peer.frame("b")));
        assertThat(peer.readFrame()).isEqualTo("192.0.2.1:1000");
        assertThat(peer.readFrame()).isEqualTo("192.0.2.1:1000");
        assertThat(server.remoteAddresses()).containsExactly(new InetSocketAddress("192.0.2.1", 1000));
    }

    @Test
    void aHeaderWithoutAnAddressLeavesTheRealOne() {
        Server server = start(addresses().listen(Listener.on("127.0.0.1:0").withProxyProtocol(LOOPBACK)));
        Peer peer = peer(server);
        peer.send(ascii("PROXY UNKNOWN\r\n")).sendFrames("a");
        assertThat(peer.readFrame()).startsWith("127.0.0.1:");
    }

    @Test
    void whoIsNotTrustedIsServedAsWhatItIs() {
        ProxyProtocol others = ProxyProtocol.trusting("192.0.2.0/24");
        Server server = start(addresses().listen(Listener.on("127.0.0.1:0").withProxyProtocol(others)));
        assertThat(peer(server).sendFrames("a").readFrame()).startsWith("127.0.0.1:");
        Peer pretending = peer(server);
        // As a frame: 0x5052 bytes long.
        byte[] frame = FramingContract.concat(ascii(HEADER), new byte[2 + 0x5052 - HEADER.length()]);
        assertThat(pretending.send(frame).readFrame()).startsWith("127.0.0.1:");
    }

    @Test
    void aListenerForBothKindsOfAddressesKnowsItsProxies() {
        Server server = start(addresses().listen(Listener.on("[::]:0").withProxyProtocol(LOOPBACK)));
        Peer peer = closed(Peer.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.localAddress().getPort())));
        peer.send(ascii(HEADER)).sendFrames("a");
        assertThat(peer.readFrame()).isEqualTo("192.0.2.1:1000");
    }

    @Test
    void noHeaderAndAnIncompleteOneEndTheConnection() {
        Server server = start(addresses().listen(Listener.on("127.0.0.1:0").withProxyProtocol(LOOPBACK)));
        peer(server).sendFrames("a");
        awaitClosed(server, CloseReason.PROXY_HEADER_ERROR, 1);
        awaitError(CloseReason.PROXY_HEADER_ERROR, "no PROXY header, or one that makes no sense");
        peer(server).send(ascii("PROXY TCP4")).shutdownOutput();
        awaitClosed(server, CloseReason.PROXY_HEADER_ERROR, 2);
        peer(server).send(ascii("PROXY TCP4")).close();
        awaitClosed(server, CloseReason.PROXY_HEADER_ERROR, 3);
        peer(server).send(ascii(HEADER.replace("443", "443443"))).sendFrames("a");
        awaitClosed(server, CloseReason.PROXY_HEADER_ERROR, 4);
        assertThat(server.statistics().messagesIn()).isZero();
        await().until(() -> server.connections() == 0);
    }

    @Test
    void aProxyThatOnlyLooksWhetherWeListenIsNoError() {
        Server server = start(addresses().listen(Listener.on("127.0.0.1:0").withProxyProtocol(LOOPBACK)));
        peer(server).close();
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
        assertThat(errors).isEmpty();
    }

    @Test
    void theHeaderHasADeadline() {
        Server server = start(addresses()
                .options(ConnectionOptions.builder()
                        .handshakeTimeout(Duration.ofHours(1))
                        .build())
                .listen(Listener.on("127.0.0.1:0").withProxyProtocol(LOOPBACK).withTls(tls())));
        Peer silent = peer(server);
        Peer halfway = peer(server).send(ascii("PROXY "));
        Peer later = peer(server).send(ascii(HEADER));
        await().until(() -> server.remoteAddresses().contains(new InetSocketAddress("192.0.2.1", 1000)));
        awaitConnections(server, 3);
        advance(Duration.ofHours(1));
        awaitClosed(server, CloseReason.HANDSHAKE_TIMEOUT, 3);
        List.of(silent, halfway, later).forEach(Peer::close);
    }

    @Test
    void theLimitOfAnAddressCountsTheClientsNotTheProxies() {
        Server server = start(addresses()
                .connectionsPerAddressMax(1)
                .listen(Listener.on("127.0.0.1:0").withProxyProtocol(LOOPBACK)));
        Peer first = peer(server).send(ascii(HEADER)).sendFrames("a");
        assertThat(first.readFrame()).isEqualTo("192.0.2.1:1000");
        Peer other = peer(server)
                .send(ascii(HEADER.replace("192.0.2.1", "192.0.2.2")))
                .sendFrames("a");
        assertThat(other.readFrame()).isEqualTo("192.0.2.2:1000");
        peer(server).send(ascii(HEADER)).sendFrames("a");
        awaitClosed(server, CloseReason.ADDRESS_LIMIT, 1);
        first.close();
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
        awaitConnections(server, 1);
        Peer again = peer(server).send(ascii(HEADER)).sendFrames("a");
        assertThat(again.readFrame()).isEqualTo("192.0.2.1:1000");
    }

    @Test
    void tlsFollowsTheHeader() throws Exception {
        Server server = start(addresses()
                .listen(Listener.on("127.0.0.1:0").withProxyProtocol(LOOPBACK).withTls(tls())));
        Socket below = new Socket(
                server.localAddress().getAddress(), server.localAddress().getPort());
        below.getOutputStream().write(ascii(HEADER));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(below, "localhost", 1, true);
        socket.setSoTimeout(60_000);
        assertThat(closed(new Peer(socket)).sendFrames("a").readFrame()).isEqualTo("192.0.2.1:1000");
    }

    @Test
    void eachListenerHasItsOwn() throws Exception {
        Server server = start(addresses()
                .listen("127.0.0.1:0")
                .listen(Listener.on("127.0.0.1:0").withTls(tls()))
                .listen(Listener.on("127.0.0.1:0").withProxyProtocol(LOOPBACK)));
        List<InetSocketAddress> listening = server.localAddresses();
        assertThat(closed(Peer.connect(listening.get(0))).sendFrames("a").readFrame())
                .startsWith("127.0.0.1:");
        assertThat(answer(ClientTls.builder().trust(certificate).build(), listening.get(1)))
                .startsWith("127.0.0.1:");
        assertThat(closed(Peer.connect(listening.get(2)))
                        .send(ascii(HEADER))
                        .sendFrames("a")
                        .readFrame())
                .isEqualTo("192.0.2.1:1000");
    }

    private String answer(ClientTls tls, InetSocketAddress address) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Client client = closed(Client.builder(FRAMES)
                .eventLoops(loops)
                .tls(tls)
                .handler(
                        (Connection c, ByteBuf message) -> answer.complete(message.toString(StandardCharsets.US_ASCII)))
                .build());
        client.connect("localhost:" + address.getPort()).join().send(ascii("a"));
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void bothSidesSayWhyAHandshakeFailed() throws Exception {
        ServerTls requiring = ServerTls.builder(certificate, key)
                .clientCertificates(ClientCertificates.REQUIRED, certificate)
                .build();
        Server server = start(addresses().listen(Listener.on("127.0.0.1:0").withTls(requiring)));
        int port = server.localAddress().getPort();
        assertThat(answer(
                        ClientTls.builder()
                                .trust(certificate)
                                .certificate(certificate, key)
                                .build(),
                        server.localAddress()))
                .startsWith("127.0.0.1:");
        Client wrongName = closed(Client.builder(FRAMES)
                .eventLoops(loops)
                .tls(ClientTls.builder().trust(certificate).build())
                .build());
        InetSocketAddress byNumber =
                new InetSocketAddress(InetAddress.getLoopbackAddress().getHostAddress(), port);
        assertThatThrownBy(() -> wrongName.connect(byNumber).join())
                .cause()
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("can't connect to 127.0.0.1:" + port
                        + ": the TLS handshake failed: the server's certificate is for another host (");
        awaitClosed(server, CloseReason.TLS_ERROR, 1);
        // How the client's alert is named differs by the provider.
        assertThat(awaitError(CloseReason.TLS_ERROR)).startsWith("the client ");
        errors.clear();
        peer(server).send(ascii("GET / HTTP/1.1\r\n\r\n"));
        awaitError(CloseReason.TLS_ERROR, "the client doesn't speak TLS");
    }
}
