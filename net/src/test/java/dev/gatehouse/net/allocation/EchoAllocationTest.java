package dev.gatehouse.net.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Transport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In steady state, an echo allocates nothing for a message. */
class EchoAllocationTest {
    /** Some bytes a turn, for the whole of which there are hundreds of messages. */
    private static final double BYTES_MAX = 1;

    /** 147: a message of 64 bytes as an array (80), its {@code Optional} (16), and what brings the reply to the event loop (48). */
    private static final double BLOCKING_BYTES_MAX = 180;

    @ParameterizedTest
    @MethodSource("transports")
    void allocatesNothingForAMessageBehindItsLength(Transport transport) {
        assertThat(bytes(transport, EchoServer.Layout.LENGTH_PREFIXED, EchoServer.Style.CALLBACKS))
                .isLessThanOrEqualTo(BYTES_MAX);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void allocatesNothingForALine(Transport transport) {
        assertThat(bytes(transport, EchoServer.Layout.LINES, EchoServer.Style.CALLBACKS))
                .isLessThanOrEqualTo(BYTES_MAX);
    }

    @Test
    void allocatesLittleMoreThanTheMessageOnVirtualThreads() {
        assertThat(bytes(Transport.best(), EchoServer.Layout.LENGTH_PREFIXED, EchoServer.Style.BLOCKING))
                .isLessThanOrEqualTo(BLOCKING_BYTES_MAX);
    }

    /** The best of this machine; in the long tests all that it has. */
    static Stream<Transport> transports() {
        boolean all = !System.getProperty("test.tags.excluded", "").contains("long");
        return Stream.of(Transport.values())
                .filter(Transport::available)
                .filter(transport -> all || transport == Transport.best());
    }

    private static double bytes(Transport transport, EchoServer.Layout layout, EchoServer.Style style) {
        return Allocations.bytesPerMessage(EchoServer.class, transport.name(), layout.name(), style.name());
    }
}
