package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbered tables of PROTOCOLS.md section 2. */
class CodesTest {
    @Test
    void numbersTheEndReasonsAsTheTableDoes() {
        assertThat(Arrays.stream(EndReason.values()).map(reason -> reason.code() + " " + reason))
                .containsExactly(
                        "1 PROTOCOL_ERROR",
                        "2 SEQUENCE_MISMATCH",
                        "3 FRAME_TOO_LARGE",
                        "4 UNKNOWN_OPCODE",
                        "5 NOT_LOGGED_IN",
                        "6 LOGIN_TIMEOUT",
                        "7 LOGIN_REPEATED",
                        "8 IDLE_TIMEOUT",
                        "9 RATE_LIMIT",
                        "10 ENCRYPTION_REFUSED",
                        "11 REPLACED",
                        "12 KICKED",
                        "13 SERVICE_UNAVAILABLE",
                        "14 SERVICE_CLOSED",
                        "15 SERVICE_STALLED",
                        "16 SLOW_CONSUMER",
                        "17 STOPPING",
                        "18 OVERLOADED",
                        "19 INTERNAL_ERROR",
                        "20 CLIENT_CLOSED",
                        "21 CLIENT_RESET",
                        "22 TRANSPORT_ERROR",
                        "23 LOGIN_REFUSED");
    }

    @ParameterizedTest
    @EnumSource
    void findsEndReasonByCodeAndSendsTheFirstNineteen(EndReason reason) {
        assertThat(EndReason.ofCode(reason.code())).contains(reason);
        assertThat(reason.sent()).isEqualTo(reason.code() <= 19);
    }

    @Test
    void numbersTheLoginFailuresAsTheTableDoes() {
        assertThat(IntStream.rangeClosed(1, 3)
                        .mapToObj(code -> LoginFailure.ofCode(code).orElseThrow()))
                .containsExactly(LoginFailure.REFUSED, LoginFailure.SERVICE_UNAVAILABLE, LoginFailure.OVERLOADED);
        assertThat(LoginFailure.OVERLOADED.code()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 24, Integer.MAX_VALUE})
    void knowsNoOtherCode(int code) {
        assertThat(EndReason.ofCode(code)).isEmpty();
        assertThat(LoginFailure.ofCode(code)).isEmpty();
    }

    @Test
    void namesTheOpcodes() {
        assertThat(Gonet2.OPCODE_NAMES)
                .hasSize(10)
                .containsEntry(Gonet2.USER_LOGIN_FAILD_ACK, "user_login_faild_ack")
                .containsEntry(Gonet2.SERVICE_OPCODE_MIN, "proto_ping_req");
    }

    @Test
    void describesTheFrames() {
        Dialect dialect = Gonet2.INSTANCE;
        assertThat(dialect.name()).isEqualTo("gonet2");
        assertThat(dialect.lengthFieldBytes()).isEqualTo(2);
        assertThat(dialect.frameBytesMax()).isEqualTo(65535);
    }

    @Test
    void badPacketCarriesReasonAndNoStackTrace() {
        BadPacketException refused = new BadPacketException(EndReason.RATE_LIMIT, "too fast");
        assertThat(refused).hasMessage("too fast");
        assertThat(refused.reason()).isEqualTo(EndReason.RATE_LIMIT);
        assertThat(refused.getStackTrace()).isEmpty();
    }
}
