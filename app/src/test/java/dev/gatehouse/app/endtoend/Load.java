package dev.gatehouse.app.endtoend;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A process of {@link LoadClients}. */
final class Load implements AutoCloseable {
    private static final Pattern SUMMARY = Pattern.compile("^\\{.*}$");

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

    /** Waits until every session has ended. */
    LoadSummary ends() {
        return ask("ends");
    }

    private LoadSummary ask(String question) {
        int heard = process.output().size();
        process.say(question);
        return LoadSummary.parse(process.awaitLine(heard, SUMMARY).group());
    }

    @Override
    public void close() {
        process.close();
    }
}
