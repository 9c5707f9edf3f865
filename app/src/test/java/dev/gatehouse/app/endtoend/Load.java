package dev.gatehouse.app.endtoend;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of {@link LoadClients}. */
final class Load implements AutoCloseable {
    private static final Pattern SUMMARY = Pattern.compile("^\\{.*}$");
    private static final Pattern GROUPS = Pattern.compile("^\\[.*]$");
    private static final Pattern GROUP = Pattern.compile("\\[([0-9, ]*)]");

    private static final Duration WAIT = Duration.ofSeconds(60);

    private final ChildProcess process;

    private Load(ChildProcess process) {
        this.process = process;
    }

    /** Starts clients that all have logged in and send. */
    static Load start(String gateway, int clients) {
        ChildProcess process = Launch.java("load", LoadClients.class.getName())
                .arguments(List.of(gateway, Integer.toString(clients), "4", "load-"))
                .start();
        try {
            process.awaitLine("^ready$");
            return new Load(process);
        } catch (Throwable t) {
            process.close();
            throw t;
        }
    }

    /** What the clients saw until now. */
    LoadSummary summary() {
        return ask("summary");
    }

    /** Measures anew how long clients hear nothing: the first answers of what has just started take their time. */
    void measureAnew() {
        var unused = ask("anew");
    }

    /** Waits until so many more answers have come. */
    void awaitAnswers(long count) {
        long before = summary().received();
        await(count + " answers").atMost(WAIT).until(() -> summary().received() >= before + count);
    }

    /** Stops sending and waits until every packet that was sent is answered or lost. */
    LoadSummary pause() {
        return ask("pause");
    }

    void resume() {
        process.say("resume");
    }

    /** Waits until the users that sit at one node are these, and these at another, and so on: a node's users hear what one of them says. */
    void awaitNeighbours(Set<Set<Long>> groups) {
        var unused = ask("call");
        await("who sits with whom").atMost(WAIT).until(this::neighbours, groups::equals);
    }

    private Set<Set<Long>> neighbours() {
        return GROUP.matcher(ask("neighbours", GROUPS).substring(1))
                .results()
                .map(group -> Stream.of(group.group(1).split(", ", 0))
                        .filter(user -> !user.isEmpty())
                        .map(Long::valueOf)
                        .collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }

    /** Waits until every session has ended. */
    LoadSummary ends() {
        return ask("ends");
    }

    private LoadSummary ask(String question) {
        return LoadSummary.parse(ask(question, SUMMARY));
    }

    private String ask(String question, Pattern answer) {
        int heard = process.output().size();
        process.say(question);
        return process.awaitLine(heard, answer).group();
    }

    @Override
    public void close() {
        process.close();
    }
}
