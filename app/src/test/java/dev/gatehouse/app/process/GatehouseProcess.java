package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The {@code gatehouse} command as a process of its own, on the class path of the test, with Netty's leak detector at paranoid. Give
 * it port 0 for every address, and read the real ones from its ready line.
 *
 * <pre>{@code
 * try (GatehouseProcess dev = GatehouseProcess.start("dev", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0")) {
 *     dev.awaitReady();
 *     Socket client = new Socket(InetAddress.getLoopbackAddress(), dev.port());
 *     dev.signal("TERM");
 *     assertThat(dev.awaitExit()).isZero();
 * }
 * }</pre>
 */
public final class GatehouseProcess implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("gatehouse .* ready on \\S*:(\\d+)(?: \\(console (\\S+)\\))?");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    private GatehouseProcess(Process process) {
        this.process = process;
        readers = List.of(reader(process.getInputStream(), output), reader(process.getErrorStream(), errors));
    }

    /** Starts the command with these arguments; its standard input stream is empty. */
    public static GatehouseProcess start(String... arguments) {
        return start(Map.of(), "", arguments);
    }

    /** Starts the command with more environment variables, and this text on its standard input stream. */
    public static GatehouseProcess start(Map<String, String> environment, String input, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It may end without reading what it was given.
                assertThat(e).hasMessageContaining("roken pipe");
            }
            return new GatehouseProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-Xmx256m", "-Dio.netty.leakDetection.level=paranoid", "-XX:TieredStopAtLevel=1"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, "dev.gatehouse.app.Gatehouse"));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static Thread reader(InputStream stream, List<String> lines) {
        return Thread.ofVirtual().start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("(" + e.getMessage() + ")");
            }
        });
    }

    /** Waits for the ready line, and returns it. */
    public String awaitReady() {
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() ->
                        output.stream().anyMatch(line -> READY.matcher(line).matches()) || !process.isAlive());
        return ready().group();
    }

    /** The port that it listens on, from the ready line. */
    public int port() {
        return Integer.parseInt(ready().group(1));
    }

    /** {@code 127.0.0.1} and the port. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** Reads a page of its console. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(ready().group(2) + path))
                    .timeout(TIMEOUT)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /**
     * The value of one series of /metrics, written as there, such as {@code gatehouse_users} or {@code x_total{a="b"}}; 0 if it isn't
     * there.
     */
    public double metric(String series) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** What it wrote to its standard output stream so far. */
    public List<String> output() {
        return output;
    }

    /** What it wrote to its standard error stream so far. */
    public List<String> errors() {
        return errors;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal, such as {@code TERM}, {@code KILL}, {@code STOP} or {@code CONT}. */
    public void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start();
        assertThat(kill.waitFor()).as("kill -%s", name).isZero();
    }

    /** Waits for its end and for all that it wrote, and returns the exit code. */
    public int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .as("ended in time; errors: %s", errors)
                .isTrue();
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    /** Ends it at once if it still runs. A leak that it reported fails the test. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            awaitExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(errors).noneMatch(line -> line.contains("LEAK:"));
    }

    private Matcher ready() {
        return output.stream()
                .map(READY::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ready line; output " + output + ", errors " + errors));
    }
}
