package dev.gatehouse.net.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.net.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In steady state, an echo allocates nothing for a message. */
class EchoAllocationTest {
    /** Some bytes a turn, for the whole of which there are hundreds of messages. */
    private static final double BYTES_MAX = 1;

    /** 147: a message of 64 bytes as an array (80), its {@code Optional} (16), and what brings the reply to the event loop (48). */
    private static final double BLOCKING_BYTES_MAX = 180;

    @ParameterizedTest
    @EnumSource
    void allocatesNothingForAMessageBehindItsLength(Transport transport) {
        assertThat(bytes(transport, EchoServer.Layout.LENGTH_PREFIXED, EchoServer.Style.CALLBACKS))
                .isLessThanOrEqualTo(BYTES_MAX);
    }

    @ParameterizedTest
    @EnumSource
    void allocatesNothingForALine(Transport transport) {
        assertThat(bytes(transport, EchoServer.Layout.LINES, EchoServer.Style.CALLBACKS))
                .isLessThanOrEqualTo(BYTES_MAX);
    }

    @Test
    void allocatesLittleMoreThanTheMessageOnVirtualThreads() {
        assertThat(bytes(Transport.best(), EchoServer.Layout.LENGTH_PREFIXED, EchoServer.Style.BLOCKING))
                .isLessThanOrEqualTo(BLOCKING_BYTES_MAX);
    }

    private static double bytes(Transport transport, EchoServer.Layout layout, EchoServer.Style style) {
        assumeTrue(transport.available(), "needs " + transport);
        return Allocations.bytesPerMessage(EchoServer.class, transport.name(), layout.name(), style.name());
    }
}
