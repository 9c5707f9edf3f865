package dev.gatehouse.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A client that sends as much as the gateway takes. */
final class Flood {
    /** Looks are counted, and not the time: while the machine stalls nobody looks. */
    private static final int QUIET_LOOKS = 100;

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);

    private Flood() {}

    /**
     * Sends frames until none has gone out for many looks, or so many bytes have, and says how many bytes. The thread
     * that sends stays blocked until the gateway reads on or the socket is closed.
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
        int quiet = 0;
        while (sent.get() < bytesMax && quiet < QUIET_LOOKS) {
            long before = sent.get();
            Awaitility.await().pollDelay(LOOK_INTERVAL).until(() -> true);
            quiet = sent.get() > before ? 0 : quiet + 1;
        }
        return sent.get();
    }
}
