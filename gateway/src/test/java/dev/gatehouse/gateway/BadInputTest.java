package dev.gatehouse.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.KeySeeds;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, it ends alone: with its end reason and opcode 13, in order, beside a good client that goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final int PACKET_BYTES_MAX = 4096;
    /** What would show in the log if payloads did. */
    private static final String SECRET = "secret-payload";

    private final LogCapture log = new LogCapture();
    private GatewayFixture fixture;
    private RawClient good;

    @BeforeAll
    void start() {
        fixture = new GatewayFixture(
                1, b -> b.noRateLimit().legacyEncryption(true).packetBytesMax(PACKET_BYTES_MAX));
    }

    @BeforeEach
    void loginGood() {
        good = fixture.client("good");
        fixture.awaitSessions(1);
        log.clear();
    }

    @AfterEach
    void goodIsUndisturbed() {
        assertThat(good.send(1001, "still here").receive().text()).isEqualTo("still here");
        fixture.awaitSessions(1);
        assertThat(log.lines())
                .noneMatch(LogCapture.Line::stackTrace)
                .noneMatch(l -> l.text().contains(SECRET));
        good.close();
        fixture.awaitSessions(0);
    }

    @AfterAll
    void stop() {
        fixture.close();
        log.close();
    }

    private void ends(EndReason reason, Consumer<RawClient> misbehaviour) {
        ends(fixture, reason, misbehaviour);
    }

    private void ends(GatewayFixture gateway, EndReason reason, Consumer<RawClient> misbehaviour) {
        long before = gateway.ended(reason);
        try (RawClient bad = gateway.client()) {
            misbehaviour.accept(bad);
            assertThat(bad.receiveEnd()).isEqualTo(reason.code());
        }
        gateway.awaitEnded(reason, before + 1);
        assertThat(gateway.ended(reason)).isEqualTo(before + 1);
        assertThat(log.ends()).hasSize(1).first().asString().contains(" ended " + reason + " ");
    }

    // ---- sequence ----

    @ParameterizedTest
    @ValueSource(ints = {0, 2, -1})
    void endsAFirstPacketThatIsNotNumberOne(int sequence) {
        ends(EndReason.SEQUENCE_MISMATCH, c -> c.packet(sequence, Gonet2.HEART_BEAT_REQ, new byte[4]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5})
    void endsARepeatedOrSkippedSequence(int third) {
        ends(EndReason.SEQUENCE_MISMATCH, c -> {
            c.login("sequence");
            c.send(1001, SECRET).receive();
            c.packet(third, 1001, SECRET.getBytes(UTF_8));
        });
    }

    @Test
    void endsASequenceThatStartsAgain() {
        try (GatewayFixture late = new GatewayFixture(
                0, new DemoHandler(), b -> b, b -> b.codecs(() -> Gonet2.gatewaySide(0xFFFF_FFFEL)))) {
            ends(late, EndReason.SEQUENCE_MISMATCH, c -> {
                c.packet(-1, Gonet2.HEART_BEAT_REQ, new byte[4]);
                assertThat(c.receive().opcode()).isEqualTo(Gonet2.HEART_BEAT_ACK);
                c.packet(0, Gonet2.HEART_BEAT_REQ, new byte[4]);
            });
        }
    }

    // ---- frames ----

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0001 00", "0004 00000001", "0005 00000001 00"})
    void endsAFrameShorterThanItsHeader(String frame) {
        ends(EndReason.PROTOCOL_ERROR, c -> c.raw(frame));
    }

    @Test
    void endsASizeOverTheLimitBeforeItsBytesCome() {
        ends(EndReason.FRAME_TOO_LARGE, c -> c.raw("1001 00"));
    }

    @Test
    void takesASizeAtTheLimit() {
        try (RawClient client = fixture.client("limit")) {
            byte[] payload = new byte[PACKET_BYTES_MAX - 6];
            assertThat(client.send(1001, payload).receive().payload()).isEqualTo(payload);
        }
    }

    // ---- opcodes ----

    @ParameterizedTest
    @ValueSource(ints = {-1, -32768})
    void endsAnOpcodeBelowZero(int opcode) {
        ends(EndReason.PROTOCOL_ERROR, c -> c.send(opcode, SECRET));
        log.clear();
        ends(EndReason.PROTOCOL_ERROR, c -> {
            c.login("negative");
            c.send(opcode, SECRET);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 13, 31, 1000, 2000, 32767})
    void endsAnOpcodeWithoutRoute(int opcode) {
        ends(EndReason.UNKNOWN_OPCODE, c -> {
            c.login("no-route");
            c.send(opcode, SECRET);
        });
        assertThat(fixture.gateway.statistics().opcodes()).noneMatch(o -> o.opcode() == opcode);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 31, 1000, 1001, 2000, 32767})
    void endsAnyOtherOpcodeBeforeTheLogin(int opcode) {
        ends(EndReason.NOT_LOGGED_IN, c -> c.send(opcode, SECRET));
    }

    @Test
    void endsASecondLoginOnOneSession() {
        ends(EndReason.LOGIN_REPEATED, c -> {
            c.login("again");
            c.sendLogin("again");
        });
        log.clear();
        ends(EndReason.LOGIN_REPEATED, c -> c.sendLogin("pipelined").sendLogin("pipelined"));
    }

    // ---- fields ----

    @Test
    void endsATruncatedLoginWhereverItIsCut() {
        ByteBuf whole = Unpooled.buffer();
        new LoginRequest(1, "udid", SECRET, 2, "en", "app", "os", "device", "id", 3, "ip").write(whole);
        byte[] login = ByteBufUtil.getBytes(whole);
        for (int length = 0; length < login.length; length += 7) {
            byte[] cut = Arrays.copyOf(login, length);
            log.clear();
            ends(EndReason.PROTOCOL_ERROR, c -> c.send(Gonet2.USER_LOGIN_REQ, cut));
        }
    }

    @Test
    void endsTruncatedSeedsAndHeartbeats() {
        ends(EndReason.PROTOCOL_ERROR, c -> c.send(Gonet2.GET_SEED_REQ, new byte[7]));
        log.clear();
        ends(EndReason.PROTOCOL_ERROR, c -> c.send(Gonet2.HEART_BEAT_REQ, new byte[3]));
    }

    // ---- encryption ----

    @Test
    void endsBytesThatDecryptToNonsense() {
        ends(EndReason.SEQUENCE_MISMATCH, c -> c.encrypt().raw("000a 00000002 0000 0000002a"));
    }

    @Test
    void endsAKeyExchangeTwice() {
        ends(EndReason.ENCRYPTION_REFUSED, c -> c.encrypt().send(Gonet2.GET_SEED_REQ, new KeySeeds(3, 3)::write));
    }

    @Test
    void endsAKeyExchangeWhileItIsOff() {
        try (GatewayFixture off = new GatewayFixture(0, b -> b)) {
            ends(off, EndReason.ENCRYPTION_REFUSED, c -> c.send(Gonet2.GET_SEED_REQ, new KeySeeds(3, 3)::write));
        }
    }

    @Test
    void carriesPacketsUnderEncryption() {
        try (RawClient client = fixture.client()) {
            client.encrypt().login("encrypted");
            assertThat(client.send(1001, "hidden").receive().text()).isEqualTo("hidden");
        }
    }

    // ---- silence ----

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "000a", "000a 0000"})
    void endsSilenceBeforeTheLogin(String half) {
        ends(EndReason.LOGIN_TIMEOUT, c -> {
            c.raw(half);
            await().until(() -> fixture.gateway.statistics().sessions() == 2);
            fixture.ticker.advance(Duration.ofSeconds(11));
        });
    }

    @Test
    void endsHeartbeatsThatNeverLogIn() {
        ends(EndReason.LOGIN_TIMEOUT, c -> {
            c.send(Gonet2.HEART_BEAT_REQ, new byte[4]).receive();
            fixture.ticker.advance(Duration.ofSeconds(11));
        });
    }

    @Test
    void endsHalfAFrameAndThenSilenceAfterTheLogin() {
        ends(EndReason.IDLE_TIMEOUT, c -> {
            c.login("half");
            long before = fixture.gateway.statistics().connections().bytesIn();
            c.raw("000a 000000");
            await().until(() -> fixture.gateway.statistics().connections().bytesIn() == before + 5);
            fixture.ticker.advance(Duration.ofSeconds(40));
            good.send(Gonet2.HEART_BEAT_REQ, new byte[4]).receive();
            fixture.ticker.advance(Duration.ofSeconds(40));
        });
    }

    // ---- garbage ----

    @Test
    void survivesGarbage() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] garbage = new byte[1 + random.nextInt(3000)];
            random.nextBytes(garbage);
            if (random.nextBoolean()) {
                // Sizes that are mostly small, so that frames come whole.
                garbage[0] = 0;
            }
            endsInOrder("garbage of seed " + seed + ", number " + i, garbage);
        }
    }

    @Test
    void survivesSessionsWithFlippedBits() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            ByteBuf session = Unpooled.buffer();
            ByteBuf login = Unpooled.buffer();
            LoginRequest.of("mutant" + i).write(login);
            // Not of a client of its own, which nobody would wait for.
            session.writeBytes(good.frame(1, Gonet2.USER_LOGIN_REQ, ByteBufUtil.getBytes(login)));
            session.writeBytes(good.frame(2, Gonet2.HEART_BEAT_REQ, new byte[4]));
            session.writeBytes(good.frame(3, 1998, new byte[20]));
            int bit = random.nextInt(8 * session.readableBytes());
            session.setByte(bit / 8, session.getByte(bit / 8) ^ 1 << bit % 8);
            endsInOrder("flipped bit of seed " + seed + ", number " + i, ByteBufUtil.getBytes(session));
        }
    }

    /** The client sends something and EOF; whatever the gateway makes of it, it closes in order. */
    private void endsInOrder(String what, byte[] bytes) {
        try (RawClient bad = fixture.client()) {
            bad.raw(bytes).endSending();
            assertThat(bad.drained()).as(what).isTrue();
        }
    }
}
