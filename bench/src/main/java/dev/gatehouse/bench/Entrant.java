package dev.gatehouse.bench;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A contestant with its server and its clients, as long as they work; and why they don't, once they don't. */
final class Entrant implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-Xmx1g");

    private final Contestant contestant;
    private @Nullable Server server;
    private LoadProcess.@Nullable Clients clients;
    private String failure = "";

    private Entrant(Contestant contestant) {
        this.contestant = contestant;
    }

    /** Starts the server and connects its clients. */
    static Entrant start(Contestant contestant, Pin pin, LoadProcess load, int clients) {
        Entrant entrant = new Entrant(contestant);
        try {
            Server server = Server.start(contestant, pin, FLAGS);
            entrant.server = server;
            entrant.clients = load.connect(contestant.wire(), server.port(), clients);
        } catch (ProgramException e) {
            entrant.failed(e);
        }
        return entrant;
    }

    Contestant contestant() {
        return contestant;
    }

    /** Says of those that failed why, in a line each. */
    static String failures(List<Entrant> entrants) {
        StringBuilder text = new StringBuilder();
        for (Entrant entrant : entrants) {
            if (!entrant.failure.isEmpty()) {
                text.append("* ")
                        .append(entrant.contestant.label())
                        .append(": ")
                        .append(entrant.failure)
                        .append('\n');
            }
        }
        return text.isEmpty() ? "" : text.append('\n').toString();
    }

    /** Microseconds of the server's processor time a message, over a window; NaN if the contestant has failed, now or before. */
    double microsAMessage(Work work, Duration window) {
        Server running = server;
        LoadProcess.Clients connected = clients;
        if (running == null || connected == null) {
            return Double.NaN;
        }
        try {
            long before = running.process().cpuNanos();
            long messages = connected.run(work, window);
            return (running.process().cpuNanos() - before) / 1_000.0 / messages;
        } catch (ProgramException e) {
            failed(new ProgramException(work.label() + ": " + e.getMessage()));
            return Double.NaN;
        }
    }

    private void failed(ProgramException e) {
        failure = e.getMessage();
        close();
    }

    @Override
    public void close() {
        Server running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }
}
