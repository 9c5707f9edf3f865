package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.allocation.Allocations;
import org.junit.jupiter.api.Test;

/** In steady state, a packet and its answer allocate nothing of their own on the gateway's event loop. */
class AllocationTest {
    /** What gRPC itself needs for a batch, divided by the packets of it. */
    private static final double BYTES_MAX = 16;

    @Test
    void allocatesNothingForAPacketOnTheTrunk() {
        assertThat(Allocations.bytesPerMessage(MeasuredGateway.class, Contract.TRUNK.name()))
                .isLessThanOrEqualTo(BYTES_MAX);
    }
}
