package dev.gatehouse.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Transport;
import dev.gatehouse.net.allocation.Allocations;
import org.junit.jupiter.api.Test;

/** What TLS allocates in steady state, for records that carry 32 messages each. */
class TlsAllocationTest {
    /** The JDK's engine takes some 4,300 bytes for a record in and one out: 135 a message. */
    private static final double JDK_BYTES_MAX = 180;

    /** 6 to 8 a message. */
    private static final double BORINGSSL_BYTES_MAX = 16;

    @Test
    void allocatesForARecordWhatTheEngineNeeds() {
        assertThat(Allocations.bytesPerMessage(
                        TlsEchoServer.class, Transport.best().name()))
                .isLessThanOrEqualTo(TlsProvider.inUse() == TlsProvider.JDK ? JDK_BYTES_MAX : BORINGSSL_BYTES_MAX);
    }
}
