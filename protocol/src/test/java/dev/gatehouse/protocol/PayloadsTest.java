package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The payload records against their bytes. */
class PayloadsTest {
    private static final LoginRequest LOGIN =
            new LoginRequest(1, "udid", "s3cret", 0x01020304, "en", "app", "os", "dev\u00e9", "id", -1, "1.2.3.4");

    static Stream<Arguments> payloads() {
        Heartbeat heartbeat = new Heartbeat(-2);
        LoginAck ack = new LoginAck(7);
        LoginFault fault = new LoginFault(LoginFailure.OVERLOADED.code(), "no");
        ErrorAck error = new ErrorAck(EndReason.STOPPING.code(), "");
        KeySeeds seeds = new KeySeeds(1, -1);
        return Stream.of(
                payload(heartbeat, "fffffffe", heartbeat::write, Heartbeat::read),
                payload(ack, "00000007", ack::write, LoginAck::read),
                payload(fault, "00000003 0002 6e6f", fault::write, LoginFault::read),
                payload(error, "00000011 0000", error::write, ErrorAck::read),
                payload(seeds, "00000001 ffffffff", seeds::write, KeySeeds::read),
                payload(
                        LOGIN,
                        "00000001 0004 75646964 0006 733363726574 01020304 0002 656e 0003 617070 0002 6f73"
                                + "0005 646576c3a9 0002 6964 ffffffff 0007 312e322e332e34",
                        LOGIN::write,
                        LoginRequest::read));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void writesTheBytesOfTheFormat(Object record, String hex, Consumer<ByteBuf> write, Function<ByteBuf, Object> read) {
        ByteBuf out = Unpooled.buffer();
        write.accept(out);
        assertThat(Hex.of(out)).isEqualTo(hex);
        assertThat(read.apply(out)).isEqualTo(record);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void ignoresBytesAfterTheLastField(
            Object record, String hex, Consumer<ByteBuf> write, Function<ByteBuf, Object> read) {
        assertThat(read.apply(Hex.buffer(hex + "0badcafe"))).isEqualTo(record);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void refusesPayloadTruncatedAnywhere(
            Object record, String hex, Consumer<ByteBuf> write, Function<ByteBuf, Object> read) {
        ByteBuf whole = Hex.buffer(hex);
        int shortest = record instanceof Heartbeat ? 1 : 0;
        for (int cut = shortest; cut < whole.readableBytes(); cut++) {
            ByteBuf part = whole.slice(0, cut);
            assertThatExceptionOfType(BadPacketException.class)
                    .as("cut to %s", cut)
                    .isThrownBy(() -> read.apply(part))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(EndReason.PROTOCOL_ERROR));
        }
    }

    @Test
    void readsHeartbeatWithoutIdAsZero() {
        assertThat(Heartbeat.read(Unpooled.EMPTY_BUFFER)).isEqualTo(new Heartbeat(0));
    }

    @Test
    void neverShowsTheCertificate() {
        assertThat(LOGIN.toString())
                .contains("udid", "clientCertificate=hidden")
                .doesNotContain("s3cret");
        assertThat(String.valueOf(LoginRequest.of("udid"))).contains("clientCertificate=none");
    }

    @Test
    void neverShowsTheCertificateInErrors() {
        LoginRequest tooLong = LoginRequest.of("udid").withClientCertificate("s3cret".repeat(20_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tooLong.write(Unpooled.buffer()))
                .withMessage("value: 120000 bytes in UTF-8 (expected: 0..65535)");

        ByteBuf truncated = Unpooled.buffer();
        LOGIN.write(truncated);
        assertThatExceptionOfType(BadPacketException.class)
                .isThrownBy(() -> LoginRequest.read(truncated.slice(0, 14)))
                .withMessage("truncated field: 2 bytes (expected: 6)");
    }

    @Test
    void logsInWithNothingButAName() {
        LoginRequest request = LoginRequest.of("udid").withClientCertificate("s3cret");
        assertThat(request).isEqualTo(new LoginRequest(0, "udid", "s3cret", 0, "", "", "", "", "", 0, ""));
        ByteBuf out = Unpooled.buffer();
        request.write(out);
        assertThat(LoginRequest.read(out)).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void readsTheHeartbeatFromTheReaderIndex(int before) {
        ByteBuf payload = Unpooled.buffer().writeZero(before).writeInt(9).readerIndex(before);
        assertThat(Heartbeat.read(payload)).isEqualTo(new Heartbeat(9));
    }

    private static Arguments payload(
            Object record, String hex, Consumer<ByteBuf> write, Function<ByteBuf, Object> read) {
        return Arguments.of(record, hex.replace(" ", ""), write, read);
    }
}
