package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionOptionsTest {
    @Test
    void defaults() {
        assertThat(ConnectionOptions.defaults())
                .isEqualTo(new ConnectionOptions(
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        32 << 10,
                        64 << 10,
                        8 << 20,
                        QueuePolicy.CLOSE,
                        0,
                        0,
                        true,
                        false));
    }

    @Test
    void everyKey() {
        ConnectionOptions options = ConnectionOptions.builder()
                .idleTimeout(Duration.ofSeconds(1))
                .firstMessageTimeout(Duration.ofSeconds(2))
                .writeTimeout(Duration.ofSeconds(3))
                .closeTimeout(Duration.ofSeconds(4))
                .handshakeTimeout(Duration.ofSeconds(11))
                .watermarksBytes(5, 6)
                .queueBytesMax(9)
                .queuePolicy(QueuePolicy.FAIL)
                .receiveBufferBytes(7)
                .sendBufferBytes(8)
                .noDelay(false)
                .keepAlive(true)
                .build();
        assertThat(options)
                .isEqualTo(new ConnectionOptions(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(11),
                        Duration.ofSeconds(4),
                        5,
                        6,
                        9,
                        QueuePolicy.FAIL,
                        7,
                        8,
                        false,
                        true));
    }

    @Test
    void refusesWhatMakesNoSense() {
        refused("idleTimeout: PT-1S (expected: 0 or more)", b -> b.idleTimeout(Duration.ofSeconds(-1)));
        refused("firstMessageTimeout: PT-1S (expected: 0 or more)", b -> b.firstMessageTimeout(Duration.ofSeconds(-1)));
        refused("writeTimeout: PT-1S (expected: 0 or more)", b -> b.writeTimeout(Duration.ofSeconds(-1)));
        refused("handshakeTimeout: PT0S (expected: above 0)", b -> b.handshakeTimeout(Duration.ZERO));
        refused("queueBytesMax: 1 (expected: 65536..2147483647)", b -> b.queueBytesMax(1));
        refused("closeTimeout: PT0S (expected: above 0)", b -> b.closeTimeout(Duration.ZERO));
        refused("highWatermarkBytes: 0 (expected: 1..1073741824)", b -> b.watermarksBytes(0, 0));
        refused("lowWatermarkBytes: 7 (expected: 0..6)", b -> b.watermarksBytes(7, 6));
        refused("receiveBufferBytes: -1 (expected: 0..1073741824)", b -> b.receiveBufferBytes(-1));
        refused("sendBufferBytes: -1 (expected: 0..1073741824)", b -> b.sendBufferBytes(-1));
    }

    private interface Setting {
        ConnectionOptions.Builder apply(ConnectionOptions.Builder builder);
    }

    private static void refused(String message, Setting setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.apply(ConnectionOptions.builder()).build())
                .withMessage(message);
    }
}
