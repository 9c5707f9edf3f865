package dev.gatehouse.net.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real {@code openssl s_client}. */
final class OpenSsl {
    private final List<String> command;

    OpenSsl(int port) {
        command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
    }

    OpenSsl with(String... options) {
        command.addAll(List.of(options));
        return this;
    }

    /** Whether a line that it sends comes back. */
    boolean echoed(String line) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.ISO_8859_1)) {
            try {
                process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
                process.getOutputStream().flush();
            } catch (IOException e) {
                // It has ended already.
                return false;
            }
            return line.equals(output.readLine());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Gives it something to send, waits for its end, and returns what it wrote. */
    String run(String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            process.waitFor();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
