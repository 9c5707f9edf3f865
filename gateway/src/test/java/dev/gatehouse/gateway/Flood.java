package dev.gatehouse.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A client that sends as much as the gateway takes. */
final class Flood {
    private Flood() {}

    /**
     * Sends frames until none has gone out for a second, or so many bytes have, and says how many bytes. The thread that sends
     * stays blocked until the gateway reads on or the socket is closed.
     */
    static long untilStuck(RawClient client, Supplier<byte[]> frames, long bytesMax) {
        AtomicLong sent = new AtomicLong();
        Thread.ofVirtual().start(() -> {
            try {
                OutputStream out = client.socket().getOutputStream();
                while (sent.get() < bytesMax) {
                    byte[] frame = frames.get();
                    out.write(frame);
                    sent.addAndGet(frame.length);
                }
            } catch (IOException | UncheckedIOException e) {
                // The test has closed the socket, or the gateway has.
            }
        });
        while (sent.get() < bytesMax) {
            long before = sent.get();
            try {
                Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> sent.get() > before);
            } catch (ConditionTimeoutException e) {
                break;
            }
        }
        return sent.get();
    }
}
