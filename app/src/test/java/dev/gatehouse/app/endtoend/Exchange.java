package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.GatewayClient;
import dev.gatehouse.client.ReceivedPacket;
import java.time.Duration;

/** Packets of a {@link GatewayClient} without a listener. */
final class Exchange {
    private static final Duration WAIT = Duration.ofSeconds(20);

    private Exchange() {}

    /** The payload of the next packet, which must have this opcode. */
    static byte[] receive(GatewayClient client, int opcode) {
        try {
            ReceivedPacket packet = client.receive(WAIT)
                    .orElseThrow(() -> new AssertionError(
                            "no packet came: " + client.ended().getNow(null)));
            assertThat(packet.opcode()).isEqualTo(opcode);
            return packet.payload();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
