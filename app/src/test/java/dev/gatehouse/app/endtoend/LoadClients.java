package dev.gatehouse.app.endtoend;

import dev.gatehouse.net.EventLoops;
import io.netty.channel.EventLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A process with many {@link LoadClient}s: {@code HOST:PORT CLIENTS WINDOW USER-PREFIX}. It says {@code ready} once all have logged in,
 * and then does what the lines of its standard input say:
 *
 * <ul>
 *   <li>{@code summary}: prints a {@link LoadSummary} as JSON.
 *   <li>{@code anew}: forgets how long clients heard nothing until now, and prints a summary.
 *   <li>{@code pause}: sends no more, waits until each client is settled, and prints a summary.
 *   <li>{@code resume}: sends again.
 *   <li>{@code call}: has each user's node tell all its users that this one is there, and prints a summary.
 *   <li>{@code neighbours}: prints the different groups of users that have heard each other since, such as {@code [[1, 3], [2]]}.
 *   <li>{@code ends}: waits until every session has ended, and prints a summary.
 *   <li>the end of the input: closes all and exits.
 * </ul>
 *
 * <p>Waiting is bounded; a summary says what came of it.
 */
final class LoadClients {
    private static final Duration WAIT = Duration.ofSeconds(40);
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration TICK = Duration.ofMillis(100);

    private final EventLoop loop;
    private final List<LoadClient> clients;

    private LoadClients(EventLoop loop, List<LoadClient> clients) {
        this.loop = loop;
        this.clients = clients;
    }

    public static void main(String[] arguments) throws IOException {
        // A test that dies must not leave its load behind.
        CompletableFuture.delayedExecutor(LIFE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(3));
        EventLoops loops = EventLoops.builder().threads(1).name("load").build();
        int window = Integer.parseInt(arguments[2]);
        RunningTime time = RunningTime.watch();
        List<LoadClient> clients = IntStream.range(0, Integer.parseInt(arguments[1]))
                .mapToObj(number -> new LoadClient(arguments[0], number, window, loops, time))
                .toList();
        LoadClients load = new LoadClients(loops.get(0), clients);
        load.start(arguments[3]);
        load.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        load.onLoop(() -> clients.forEach(LoadClient::close));
        loops.close();
    }

    private void start(String userPrefix) {
        onLoop(() -> clients.forEach(client -> client.start(userPrefix)));
        loop.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        await(client -> client.loggedIn() || client.ended());
        say(clients.stream().allMatch(LoadClient::loggedIn) ? "ready" : "not all could log in");
    }

    private void tick() {
        long now = System.nanoTime();
        clients.forEach(client -> client.tick(now));
    }

    private void obey(BufferedReader commands) throws IOException {
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            switch (command) {
                case "summary" -> summary();
                case "anew" -> {
                    onLoop(() -> clients.forEach(LoadClient::measureAnew));
                    summary();
                }
                case "pause" -> {
                    onLoop(() -> clients.forEach(LoadClient::pause));
                    await(LoadClient::settled);
                    summary();
                }
                case "resume" -> onLoop(() -> clients.forEach(LoadClient::resume));
                case "call" -> {
                    onLoop(() -> clients.forEach(LoadClient::callNeighbours));
                    summary();
                }
                case "neighbours" ->
                    onLoop(() -> say(clients.stream()
                            .map(LoadClient::neighbours)
                            .distinct()
                            .toList()
                            .toString()));
                case "ends" -> {
                    await(LoadClient::ended);
                    summary();
                }
                default -> throw new IllegalArgumentException("command: " + command);
            }
        }
    }

    /** Looks at the clients at each tick until all are so, or the time is over. */
    private boolean await(Predicate<LoadClient> state) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        var looks = loop.scheduleAtFixedRate(
                () -> {
                    if (clients.stream().allMatch(state)) {
                        all.complete(null);
                    }
                },
                0,
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
        boolean came = all.handle((done, failure) -> failure == null)
                .completeOnTimeout(false, WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        looks.cancel(false);
        return came;
    }

    private void summary() {
        onLoop(() -> say(clients.stream()
                .map(LoadClient::summary)
                .reduce(LoadSummary.NONE, LoadSummary::plus)
                .toJson()));
    }

    private void onLoop(Runnable step) {
        loop.submit(step).syncUninterruptibly();
    }

    // The test reads it.
    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
