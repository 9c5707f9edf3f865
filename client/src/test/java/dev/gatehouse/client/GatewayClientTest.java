package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.ConnectException;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private GatewayClient connected() {
        return connected(GatewayClient.builder(gateway.address()).heartbeatInterval(Duration.ZERO));
    }

    private static GatewayClient connected(GatewayClient.Builder builder) {
        return builder.build().connect().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static ClientEnd endOf(GatewayClient client) {
        return client.ended().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    @Test
    void logsInAndIsAnswered() throws InterruptedException {
        try (GatewayClient client = connected()) {
            assertThat(client.login(LoginRequest.of("player")).join()).isEqualTo(TestGateway.UID);
            client.send(1001, new byte[] {1, 2, 3});
            ReceivedPacket answer = client.receive(LONG).orElseThrow();
            assertThat(answer.opcode()).isEqualTo(1002);
            assertThat(answer.payload()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void numbersItsPacketsFromOne() throws InterruptedException {
        try (GatewayClient client = connected()) {
            for (int i = 1; i <= 3; i++) {
                client.send(1001, number(i));
                assertThat(client.receive(LONG)).isPresent();
            }
        }
        List<byte[]> frames = gateway.sessions.getFirst().received;
        for (int i = 0; i < 3; i++) {
            assertThat(frames.get(i)).startsWith(number(i + 1));
        }
    }

    @Test
    void failsARefusedLoginWithCodeAndText() {
        try (GatewayClient client = connected()) {
            assertThatThrownBy(() -> client.login(LoginRequest.of("refused")).join())
                    .cause()
                    .isInstanceOfSatisfying(LoginFailedException.class, e -> {
                        assertThat(e).hasMessage("the login failed: REFUSED, not you");
                        assertThat(e.code()).isEqualTo(1);
                        assertThat(e.failure()).contains(LoginFailure.REFUSED);
                        assertThat(e.reply()).isEqualTo("not you");
                    });
            assertThat(endOf(client).reason()).contains(EndReason.LOGIN_REFUSED);
        }
    }

    @Test
    void failsTheLoginWhenTheConnectionEndsFirst() {
        try (GatewayClient client = connected()) {
            assertThatThrownBy(() -> client.login(LoginRequest.of("closed")).join())
                    .cause()
                    .isInstanceOf(SessionEndedException.class)
                    .hasMessage("the gateway closed the connection without giving a cause");
            assertThatThrownBy(() -> client.login(LoginRequest.of("player")).join())
                    .cause()
                    .isInstanceOf(SessionEndedException.class);
        }
    }

    @Test
    void logsInOnce() {
        try (GatewayClient client = connected()) {
            client.login(LoginRequest.of("player")).join();
            assertThatThrownBy(() -> client.login(LoginRequest.of("player")).join())
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void tellsWhyTheGatewayEndedTheSession() throws InterruptedException {
        try (GatewayClient client = connected()) {
            client.send(1003, new byte[0]);
            ClientEnd end = endOf(client);
            assertThat(end.reason()).contains(EndReason.KICKED);
            assertThat(end.code()).hasValue(12);
            assertThat(end.message()).isEqualTo("the gateway ended the session: KICKED, bye");
            assertThat(client.receive()).isEmpty();
            assertThat(client.send(1001, new byte[0])).isFalse();
        }
    }

    @Test
    void endsWhenThePacketMakesNoSense() {
        try (GatewayClient client = connected()) {
            client.send(1009, new byte[0]);
            ClientEnd end = endOf(client);
            assertThat(end.closeReason()).isEqualTo(CloseReason.MALFORMED_FRAME);
            assertThat(end.message()).startsWith("the gateway sent a packet that makes no sense: ");
            assertThat(end.reason()).isEmpty();
        }
    }

    @Test
    void encryptsEverythingAfterTheKeyExchange() throws InterruptedException {
        byte[] secret = "a secret that nobody should see".getBytes(StandardCharsets.US_ASCII);
        try (GatewayClient client =
                connected(GatewayClient.builder(gateway.address()).legacyEncryption(true))) {
            assertThat(client.login(LoginRequest.of("player")).join()).isEqualTo(TestGateway.UID);
            client.send(1001, secret);
            assertThat(client.receive(LONG).orElseThrow().payload()).isEqualTo(secret);
        }
        List<byte[]> frames = gateway.sessions.getFirst().received;
        assertThat(frames).hasSize(3);
        assertThat(new String(frames.get(2), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }

    @Test
    void sendsHeartbeatsAndKeepsTheirAcksToItself() throws InterruptedException {
        GatewayClient.Builder builder = GatewayClient.builder(gateway.address());
        try (GatewayClient client = connected(builder.heartbeatInterval(Duration.ofMillis(1)))) {
            await().untilAsserted(() -> assertThat(gateway.heartbeats).hasValueGreaterThanOrEqualTo(3));
            client.send(Gonet2.HEART_BEAT_REQ, number(5));
            ReceivedPacket ack = client.receive(LONG).orElseThrow();
            assertThat(ack.opcode()).isEqualTo(Gonet2.HEART_BEAT_ACK);
            assertThat(ack.payload()).isEqualTo(number(5));
        }
    }

    @Test
    void endsWhenTheGatewayFallsSilent() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GatewayClient client = connected(GatewayClient.builder("127.0.0.1:" + mute.getLocalPort())
                        .heartbeatInterval(Duration.ofMillis(100))
                        .idleTimeout(Duration.ofMillis(300)))) {
            assertThat(endOf(client).closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
            assertThat(endOf(client).message()).isEqualTo("the gateway was silent for too long");
        }
    }

    @Test
    void givesPacketsToTheListenerInOrder() throws InterruptedException {
        List<Integer> numbers = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(1000);
        GatewayClient.Builder builder = GatewayClient.builder(gateway.address()).listener((c, opcode, payload) -> {
            assertThat(opcode).isEqualTo(1008);
            numbers.add(payload.readInt());
            all.countDown();
        });
        try (GatewayClient client = connected(builder)) {
            client.send(1007, number(1000));
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 1000; i++) {
                assertThat(numbers.get(i)).isEqualTo(i);
            }
        }
    }

    @Test
    void stopsReadingWhenTheInboxIsFullAndLosesNothing() throws InterruptedException {
        int count = 200_000;
        GatewayClient.Builder builder = GatewayClient.builder(gateway.address()).inboxPacketsMax(10);
        try (GatewayClient client = connected(builder)) {
            client.send(1007, number(count));
            // Far more than the sockets hold: the gateway can't get rid of it while nobody receives.
            await().until(() -> gateway.sessions.size() == 1
                    && !gateway.sessions.getFirst().connection.channel().isWritable());
            for (int i = 0; i < count; i++) {
                assertThat(client.receive(LONG).orElseThrow().payload()).isEqualTo(number(i));
            }
            assertThat(client.receive(Duration.ofMillis(1))).isEmpty();
        }
    }

    @Test
    void receivesOnAVirtualThreadUpToTheEnd() throws Exception {
        CompletableFuture<Integer> received = new CompletableFuture<>();
        try (GatewayClient client = connected()) {
            Thread.ofVirtual().start(() -> {
                int count = 0;
                try {
                    while (client.receive().isPresent()) {
                        count++;
                    }
                    received.complete(count);
                } catch (InterruptedException e) {
                    received.completeExceptionally(e);
                }
            });
            client.send(1007, number(500));
            client.send(1003, new byte[0]);
            assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(500);
        }
    }

    @Test
    void otherThreadsWaitWhileTheGatewayTakesNothing() throws InterruptedException {
        int packets = 600;
        AtomicInteger sent = new AtomicInteger();
        try (GatewayClient client = connected()) {
            await().until(() -> gateway.sessions.size() == 1);
            Connection atGateway = gateway.sessions.getFirst().connection;
            atGateway.eventLoop().submit(atGateway::pauseReading).syncUninterruptibly();
            Thread sender = Thread.ofPlatform().start(() -> {
                // 36 MB of requests for no answer.
                while (sent.get() < packets && client.send(1007, new byte[60_000])) {
                    sent.incrementAndGet();
                }
            });
            await().until(() -> sender.getState() == Thread.State.WAITING);
            assertThat(sent).hasValueLessThan(packets);
            atGateway.eventLoop().execute(atGateway::resumeReading);
            sender.join();
            await().until(() -> gateway.sessions.getFirst().received.size() == packets);
        }
    }

    @Test
    void nobodyWaitsForASessionThatHasEnded() throws InterruptedException {
        List<Thread> senders = new ArrayList<>();
        try (GatewayClient client = connected()) {
            await().until(() -> gateway.sessions.size() == 1);
            Connection atGateway = gateway.sessions.getFirst().connection;
            atGateway.eventLoop().submit(atGateway::pauseReading).syncUninterruptibly();
            for (int i = 0; i < 4; i++) {
                senders.add(Thread.ofPlatform().start(() -> {
                    while (client.send(1007, new byte[60_000])) {
                        Thread.onSpinWait();
                    }
                }));
            }
            await().until(() -> senders.stream().allMatch(s -> s.getState() == Thread.State.WAITING));
            atGateway.close();
            for (Thread sender : senders) {
                sender.join();
            }
        }
    }

    @Test
    void sendsFromManyThreadsWithoutBreakingTheSequence() throws InterruptedException {
        try (GatewayClient client = connected()) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 100; i++) {
                        client.send(1001, number(i));
                    }
                }));
            }
            for (int i = 0; i < 800; i++) {
                assertThat(client.receive(LONG)).isPresent();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(client.ended()).isNotDone();
        }
    }

    @Test
    void carriesTheLargestPayloadAndRefusesOneByteMore() throws InterruptedException {
        try (GatewayClient client = connected()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.send(1001, new byte[65530]))
                    .withMessage("payload: 65530 bytes (expected: 0..65529)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.send(40_000, new byte[0]))
                    .withMessage("opcode: 40000 (expected: -32768..32767)");
            client.send(1001, new byte[65529]);
            assertThat(client.receive(LONG).orElseThrow().payload()).hasSize(65529);
            assertThatThrownBy(() ->
                            client.login(LoginRequest.of("x".repeat(65535))).join())
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            assertThat(client.login(LoginRequest.of("player")).join()).isEqualTo(TestGateway.UID);
        }
    }

    @Test
    void flushesBeforeItCloses() {
        GatewayClient client = connected();
        client.send(1001, new byte[60_000]);
        client.close();
        assertThat(endOf(client).closeReason()).isEqualTo(CloseReason.LOCAL);
        await().untilAsserted(() -> assertThat(gateway.sessions)
                .extracting(session -> session.received.size())
                .containsExactly(1));
    }

    @Test
    void canBeClosedFromItsListener() {
        GatewayClient.Builder builder =
                GatewayClient.builder(gateway.address()).listener((client, opcode, payload) -> client.close());
        GatewayClient client = connected(builder);
        client.send(1001, new byte[0]);
        assertThat(endOf(client).message()).isEqualTo("the client closed the connection");
    }

    @Test
    void saysWhyItCannotConnect() throws IOException {
        // A port that is bound, so that nobody else can listen there.
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "127.0.0.1:" + bound.getLocalPort();
            try (GatewayClient client = GatewayClient.builder(address).build()) {
                assertThatThrownBy(() -> client.connect().join())
                        .isInstanceOf(CompletionException.class)
                        .cause()
                        .isInstanceOf(ConnectException.class)
                        .hasMessageEndingWith("nobody listens there");
                assertThat(endOf(client).message()).endsWith("nobody listens there");
            }
        }
    }

    @Test
    void refusesToSendBeforeItIsConnected() {
        try (GatewayClient client = GatewayClient.builder(gateway.address()).build()) {
            assertThatIllegalStateException().isThrownBy(() -> client.send(1001, Unpooled.EMPTY_BUFFER));
            assertThatIllegalStateException().isThrownBy(() -> client.login(LoginRequest.of("player")));
        }
    }

    @Test
    void connectsOnce() {
        try (GatewayClient client = connected()) {
            assertThatIllegalStateException().isThrownBy(client::connect);
        }
    }

    @Test
    void endsAConnectionThatEndsDuringTheKeyExchange() {
        try (Server deaf = Server.builder("127.0.0.1:0", Framing.lengthPrefixed(2, 0xFFFF))
                        .handler((connection, message) -> connection.close())
                        .start();
                GatewayClient client = GatewayClient.builder(
                                "127.0.0.1:" + deaf.localAddress().getPort())
                        .legacyEncryption(true)
                        .build()) {
            assertThatThrownBy(() -> client.connect().join()).hasCauseInstanceOf(SessionEndedException.class);
        }
    }

    @Test
    void sharesEventLoopsAndLeavesThemRunning() {
        try (EventLoops loops = EventLoops.builder().threads(1).build()) {
            for (int i = 0; i < 3; i++) {
                try (GatewayClient client =
                        connected(GatewayClient.builder(gateway.address()).eventLoops(loops))) {
                    assertThat(client.login(LoginRequest.of("player")).join()).isEqualTo(TestGateway.UID);
                }
            }
            assertThat(loops.get(0).isShuttingDown()).isFalse();
        }
    }
}
