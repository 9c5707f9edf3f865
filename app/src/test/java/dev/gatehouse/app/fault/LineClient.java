package dev.gatehouse.app.fault;

import dev.gatehouse.net.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A client that sends a line and waits for it to come back. As a process, {@code HOST:PORT}, it asks so many times as each line of its
 * standard input says, and prints how long that took.
 */
final class LineClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final BufferedReader answers;

    LineClient(InetSocketAddress server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(server, TIMEOUT_MILLIS);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    // The test reads it.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        try (LineClient client = new LineClient(Address.parse(arguments[0]))) {
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String times = commands.readLine(); times != null; times = commands.readLine()) {
                Duration longest = client.ask(Integer.parseInt(times));
                System.out.println("asked " + times + " times, the longest took " + longest.toMillis() + " ms");
            }
        }
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The next line that comes back. */
    String answer() throws IOException {
        return String.valueOf(answers.readLine());
    }

    /** Asks so many times, one after the other; says how long the longest took. */
    Duration ask(int times) throws IOException {
        long longest = 0;
        for (int i = 0; i < times; i++) {
            long from = System.nanoTime();
            send("line " + i);
            String answer = answer();
            if (!answer.equals("line " + i)) {
                throw new IOException("after line " + i + " came " + answer);
            }
            longest = Math.max(longest, System.nanoTime() - from);
        }
        return Duration.ofNanos(longest);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
