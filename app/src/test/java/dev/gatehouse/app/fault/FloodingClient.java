package dev.gatehouse.app.fault;

import dev.gatehouse.net.Address;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that sends numbered lines as fast as it can, {@code HOST:PORT}, and reads the answers more slowly. It begins to read when
 * nothing can be sent any more, and then says {@code full}. At the end of its standard input it sends no more, reads the rest, and says
 * how many were sent and answered.
 */
final class FloodingClient {
    private static final int LINE_BYTES = 1024;
    private static final int CHUNK_LINES = 16;
    /** Beyond the buffers of both kernels and what a server may keep; a server that keeps more has no bound. */
    private static final int LINES_MAX = (64 << 20) / LINE_BYTES;

    private static final int RECEIVE_BUFFER_BYTES = 64 << 10;
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SLOW_NANOS = Duration.ofMillis(4).toNanos();

    private final Socket socket = new Socket();
    private volatile boolean reading;
    private volatile boolean finishing;
    private volatile int sent;
    private volatile int answered;

    private FloodingClient() {}

    public static void main(String[] arguments) throws Exception {
        FloodingClient client = new FloodingClient();
        client.socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        client.socket.connect(Address.parse(arguments[0]), 20_000);
        Thread sender = Thread.ofPlatform().daemon().start(() -> client.unlessBroken(client::send));
        client.awaitFull();
        say("full after " + client.sent + " lines");
        client.reading = true;
        Thread reader = Thread.ofPlatform().daemon().start(() -> client.unlessBroken(client::receive));
        System.in.readAllBytes();
        client.finishing = true;
        sender.join();
        reader.join();
        say("sent " + client.sent + ", answered " + client.answered);
    }

    private void awaitFull() {
        int before = -1;
        while (sent != before) {
            before = sent;
            LockSupport.parkNanos(QUIET_NANOS);
        }
    }

    private interface Traffic {
        void run() throws IOException;
    }

    private void unlessBroken(Traffic traffic) {
        try {
            traffic.run();
        } catch (IOException e) {
            say("broken: " + e.getMessage());
        }
    }

    private void send() throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] chunk = new byte[CHUNK_LINES * LINE_BYTES];
        Arrays.fill(chunk, (byte) '.');
        int next = 0;
        while (!finishing) {
            for (int i = 0; i < CHUNK_LINES; i++) {
                byte[] number = Integer.toString(next + i).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(number, 0, chunk, i * LINE_BYTES, number.length);
                chunk[(i + 1) * LINE_BYTES - 1] = '\n';
            }
            out.write(chunk);
            next += CHUNK_LINES;
            sent = next;
            if (!reading && next > LINES_MAX) {
                throw new IOException("the server takes more than anybody should keep");
            }
        }
        socket.shutdownOutput();
    }

    private void receive() throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        byte[] line = new byte[LINE_BYTES];
        int next = 0;
        while (in.readNBytes(line, 0, LINE_BYTES) == LINE_BYTES) {
            String text = new String(line, StandardCharsets.US_ASCII);
            if (!text.startsWith(next + ".") || !text.endsWith("\n")) {
                throw new IOException("after " + next + " lines came " + text);
            }
            next++;
            answered = next;
            if (!finishing && next % CHUNK_LINES == 0) {
                LockSupport.parkNanos(SLOW_NANOS);
            }
        }
    }

    // The test reads it.
    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }
}
