package dev.gatehouse.app.process;

import dev.gatehouse.app.Gatehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code gatehouse} command as a process of its own. Give it port 0 for every address, and read the real ones from its ready line.
 *
 * <pre>{@code
 * try (GatehouseProcess dev = GatehouseProcess.start("dev", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0", "--coordinator", "127.0.0.1:0")) {
 *     dev.awaitReady();
 *     Socket client = new Socket(InetAddress.getLoopbackAddress(), dev.port());
 *     dev.signal("TERM");
 *     assertThat(dev.awaitExit()).isZero();
 * }
 * }</pre>
 */
public final class GatehouseProcess extends ChildProcess {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern READY =
            Pattern.compile("^gatehouse .* ready on [^ ,]*:(\\d+)(?:, \\S+)*(?: \\(console (\\S+)\\))?$");

    private final HttpClient http = HttpClient.newHttpClient();

    private GatehouseProcess(Launch launch) {
        super(launch);
    }

    /** Starts the command with these arguments; its standard input stream is empty. */
    public static GatehouseProcess start(String... arguments) {
        return start(Map.of(), "", arguments);
    }

    /** Starts the command with more environment variables, and this text on its standard input stream. */
    public static GatehouseProcess start(Map<String, String> environment, String input, String... arguments) {
        GatehouseProcess process = new GatehouseProcess(strict(arguments).environment(environment));
        process.sayLast(input);
        return process;
    }

    /** Starts the command in a folder. */
    public static GatehouseProcess startIn(Path folder, String... arguments) {
        return new GatehouseProcess(strict(arguments).in(folder));
    }

    /** Starts the command as fast as it is: without a look at every buffer. */
    public static GatehouseProcess startFast(Map<String, String> environment, List<String> arguments) {
        return new GatehouseProcess(command().arguments(arguments).environment(environment));
    }

    private static Launch strict(String... arguments) {
        return command(Launch.LEAK_DETECTION).arguments(List.of(arguments));
    }

    private static Launch command(String... options) {
        return Launch.java("gatehouse", Gatehouse.class.getName(), options);
    }

    /** Waits for the ready line, and returns it. */
    public String awaitReady() {
        return awaitLine(0, READY).group();
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
    public HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ready().group(2) + path))
                .timeout(TIMEOUT)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * The value of one series of /metrics, written as there, such as {@code gatehouse_users} or {@code x_total{a="b"}}; 0 if it isn't
     * there.
     */
    public double metric(String series) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private Matcher ready() {
        return output().stream()
                .map(READY::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ready line; output " + output() + ", errors " + errors()));
    }

    @Override
    public void close() {
        http.shutdownNow();
        super.close();
    }
}
