package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.ring.Member;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a service does on one stream, that session alone ends, and the others of the same link go on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadServiceTest {
    private static final int PACKET_BYTES_MAX = 4096;

    private RawService service;
    private GatewayFixture fixture;

    /** Answers 1001; sends the payload of 1010 as a frame of its own; ends with the status code that 1011 carries. */
    private static final class Obedient implements RawService.Script {
        @Override
        public void packet(RawService.Stream stream, int opcode, ByteBuf payload) {
            byte[] bytes = ByteBufUtil.getBytes(payload);
            switch (opcode) {
                case 1001 -> stream.send(RawService.message(1002, bytes));
                case 1010 -> stream.send(bytes);
                case 1011 -> stream.end(Status.fromCodeValue(bytes[0]).withDescription("as the test wants"));
                case 1012 -> stream.send(RawService.message(1002, new byte[payload.readInt()]));
                default -> {}
            }
        }
    }

    @BeforeAll
    void start() {
        service = new RawService(new Obedient());
        fixture = new GatewayFixture(
                List.of(service.member(1)), b -> b.noRateLimit().packetBytesMax(PACKET_BYTES_MAX), b -> {});
        fixture.awaitReady();
    }

    @BeforeEach
    void awaitQuiet() {
        fixture.awaitSessions(0);
    }

    @AfterAll
    void stop() {
        fixture.close();
        service.close();
    }

    private void ends(EndReason reason, int opcode, byte[] payload) {
        try (LogCapture log = new LogCapture();
                RawClient good = fixture.client("good")) {
            long before = fixture.ended(reason);
            try (RawClient client = fixture.client("bad")) {
                client.send(opcode, payload);
                assertThat(client.receiveEnd()).isEqualTo(reason.code());
            }
            fixture.awaitEnded(reason, before + 1);
            assertThat(good.send(1001, "still here").receive().text()).isEqualTo("still here");
            fixture.awaitSessions(1);
            assertThat(log.ends()).hasSize(1);
            // The service's own side is gRPC's too, and may log what it likes.
            assertThat(log.lines()).noneMatch(l -> l.stackTrace() && !l.logger().contains("Server"));
        }
        fixture.awaitSessions(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0803", // unknown type
                "08ffffffffffffffffff01 120203ea", // type -1
                "120103", // a packet of one byte
                "1200", // a packet without bytes
                "", // the same, left out
                "12ff", // truncated
                "ffffffff", // no protobuf at all
            })
    void endsTheSessionOfAFrameThatMakesNoSense(String frame) {
        ends(EndReason.SERVICE_CLOSED, 1010, HexFormat.of().parseHex(frame.replace(" ", "")));
    }

    @ParameterizedTest
    @ValueSource(ints = {PACKET_BYTES_MAX - 1, 1 << 16, 20 << 20})
    void endsTheSessionOfAMessageThatIsTooLong(int payload) {
        ends(
                EndReason.SERVICE_CLOSED,
                1012,
                java.nio.ByteBuffer.allocate(4).putInt(payload).array());
    }

    @Test
    void takesTheLongestMessage() {
        try (RawClient client = fixture.client("longest")) {
            int longest = PACKET_BYTES_MAX - Short.BYTES;
            byte[] length = java.nio.ByteBuffer.allocate(4).putInt(longest).array();
            assertThat(client.send(1012, length).receive().payload()).hasSize(longest);
        }
    }

    @Test
    void skipsFieldsThatItDoesNotKnow() {
        try (RawClient client = fixture.client("fields")) {
            RawClient.Packet packet = client.send(1010, HexFormat.of().parseHex("1a0141" + "120303ea07" + "2005"))
                    .receive();
            assertThat(packet.opcode()).isEqualTo(1002);
            assertThat(packet.payload()).containsExactly(7);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, names = "UNAVAILABLE", mode = EnumSource.Mode.EXCLUDE)
    void endsTheSessionOfAStreamThatTheServiceEnds(Status.Code code) {
        ends(EndReason.SERVICE_CLOSED, 1011, new byte[] {(byte) code.value()});
    }

    @Test
    void letsASessionLiveWhoseServiceNeverAnswers() {
        try (RawClient client = fixture.client("ignored")) {
            for (int i = 0; i < 100; i++) {
                client.send(1999, "ignored");
            }
            assertThat(client.send(Gonet2.HEART_BEAT_REQ, new byte[4]).receive().opcode())
                    .isEqualTo(Gonet2.HEART_BEAT_ACK);
        }
    }

    /** Reads nothing of its first user and echoes to the others. */
    private static final class DeafToTheFirst implements RawService.Script {
        @Override
        public void opened(RawService.Stream stream) {
            stream.accept();
            if (!stream.user.equals("1")) {
                stream.request(1);
            }
        }

        @Override
        public void packet(RawService.Stream stream, int opcode, ByteBuf payload) {
            stream.send(RawService.message(1002, ByteBufUtil.getBytes(payload)));
        }

        @Override
        public void halfClosed(RawService.Stream stream) {
            stream.end(Status.OK);
        }
    }

    @Test
    void stopsReadingFromAClientWhoseServiceNeverReads() throws Exception {
        try (RawService deaf = new RawService(new DeafToTheFirst());
                GatewayFixture gateway = new GatewayFixture(
                        List.of(deaf.member(1)),
                        b -> b.noRateLimit().idleTimeout(Duration.ZERO).receiveBufferBytes(8192),
                        b -> {})) {
            gateway.awaitReady();
            try (RawClient stuck = gateway.client("stuck");
                    RawClient other = gateway.client("other")) {
                byte[] payload = new byte[8192];
                long sent = Flood.untilStuck(stuck, () -> stuck.nextFrame(1001, payload), 64 << 20);
                assertThat(sent).isLessThan(64 << 20);
                assertThat(other.send(1001, payload).receive().payload()).isEqualTo(payload);

                gateway.ticker.advance(Duration.ofSeconds(59));
                assertThat(other.send(1001, "still here").receive().text()).isEqualTo("still here");
                assertThat(gateway.ended(EndReason.SERVICE_STALLED)).isZero();
                gateway.ticker.advance(Duration.ofSeconds(2));
                assertThat(stuck.receiveEnd()).isEqualTo(EndReason.SERVICE_STALLED.code());
                stuck.disconnect();
                gateway.awaitEnded(EndReason.SERVICE_STALLED, 1);
                // The service doesn't see the half-close either, so the stream is cancelled.
                await().until(() -> deaf.stream(0).cancelled);
                assertThat(other.send(1001, "still here").receive().text()).isEqualTo("still here");
                gateway.awaitSessions(1);
            }
        }
    }

    @Test
    void failsTheLoginWhenTheServiceRefusesTheToken() {
        try (ServiceNode node = ServiceNode.builder("game")
                .token("right")
                .handler(new DemoHandler())
                .start()) {
            Member member = GatewayFixture.member(1, node.address().getPort());
            ServiceConfig config = ServiceConfig.plain("game", List.of(member));
            try (GatewayFixture wrong = withService(config.withToken("wrong"));
                    RawClient client = wrong.client()) {
                RawClient.Packet answer = client.sendLogin("token").receive();
                assertThat(answer.opcode()).isEqualTo(Gonet2.USER_LOGIN_FAILD_ACK);
                assertThat(answer.fault().code()).isEqualTo(LoginFailure.SERVICE_UNAVAILABLE.code());
                assertThat(client.closedInOrder()).isTrue();
                client.disconnect();
                wrong.awaitEnded(EndReason.SERVICE_UNAVAILABLE, 1);
                wrong.awaitSessions(0);
            }
            try (GatewayFixture right = withService(config.withToken("right"));
                    RawClient client = right.client("token")) {
                assertThat(client.send(1001, "in").receive().text()).isEqualTo("in");
            }
        }
    }

    /** Says nothing until a packet comes, and refuses then. */
    private static final class RefusesLate implements RawService.Script {
        @Override
        public void opened(RawService.Stream stream) {
            stream.request(1);
        }

        @Override
        public void packet(RawService.Stream stream, int opcode, ByteBuf payload) {
            stream.end(Status.fromCodeValue(payload.readByte()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAUTHENTICATED", "PERMISSION_DENIED"})
    void takesALateRefusalAsAServiceThatIsUnavailableAndSaysItOnce(Status.Code code) {
        try (RawService service = new RawService(new RefusesLate());
                LogCapture log = new LogCapture();
                GatewayFixture gateway = new GatewayFixture(
                        List.of(service.member(1)), b -> b.acceptWindow(Duration.ofMillis(1)), b -> {})) {
            gateway.awaitReady();
            for (int i = 0; i < 3; i++) {
                try (RawClient client = gateway.client("refused")) {
                    client.send(1001, new byte[] {(byte) code.value()});
                    assertThat(client.receiveEnd()).isEqualTo(EndReason.SERVICE_UNAVAILABLE.code());
                }
                gateway.awaitSessions(0);
            }
            // The clients of one address may be on several event loops, each with a link of its own.
            assertThat(log.lines())
                    .filteredOn(line -> line.text().contains("refused by the node with " + code))
                    .hasSizeBetween(1, Runtime.getRuntime().availableProcessors());
        }
    }

    private static GatewayFixture withService(ServiceConfig config) {
        GatewayFixture gateway = new GatewayFixture(List.of(), b -> b.services(Map.of("game", config)), b -> {});
        gateway.awaitReady();
        return gateway;
    }
}
