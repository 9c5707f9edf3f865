package dev.gatehouse.bench;

import dev.gatehouse.bench.program.LoadProgram;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The load, in a process of its own; it may have the clients of several servers, one of which runs at a time. */
final class LoadProcess implements AutoCloseable {
    private static final int CONNECT_SECONDS = 120;
    private static final int RUN_SECONDS = 60;

    private final ChildProcess process;

    private LoadProcess(ChildProcess process) {
        this.process = process;
    }

    static LoadProcess start(String name, Pin pin) throws ProgramException {
        ChildProcess process = ChildProcess.start(
                "load-" + name, pin, Program.ours(LoadProgram.class).flagged(List.of("-Xmx2g")));
        process.await("ready", 30);
        return new LoadProcess(process);
    }

    /** Connects so many clients to a server of this machine. */
    Clients connect(Wire wire, int port, int clients) throws ProgramException {
        return new Clients(this, ask(CONNECT_SECONDS, "connect", wire.argument(), port, clients));
    }

    private String ask(int seconds, Object... words) throws ProgramException {
        process.say(Stream.of(words).map(Object::toString).collect(Collectors.joining(" ")));
        String answer = process.await("", seconds);
        if (!answer.startsWith("ok")) {
            throw new ProgramException(answer);
        }
        return answer.substring("ok".length()).strip();
    }

    @Override
    public void close() {
        process.close();
    }

    /** The clients of one server. */
    record Clients(LoadProcess load, String id) {
        /** Works for a time and gives the number of answers, each of which was checked. Nothing is in flight afterwards. */
        long run(Work work, Duration window) throws ProgramException {
            return Long.parseLong(
                    load.ask(RUN_SECONDS, "run", id, work.payloadBytes(), work.inFlight(), window.toMillis()));
        }

        /** Lets each client have one message answered. */
        void once(int payloadBytes) throws ProgramException {
            load.ask(CONNECT_SECONDS, "once", id, payloadBytes);
        }

        /** Closes the connections. */
        void close() throws ProgramException {
            load.ask(RUN_SECONDS, "close", id);
        }
    }
}
