package dev.gatehouse.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A contestant's process, and that of the service behind it. */
final class Server implements AutoCloseable {
    private static final int READY_SECONDS = 30;

    private final Deque<ChildProcess> processes = new ArrayDeque<>();
    private int port;

    private Server() {}

    /** Starts it, the service on the other processor, and waits until it listens. */
    static Server start(Contestant contestant, Pin pin, List<String> flags) throws ProgramException {
        Server server = new Server();
        try {
            Program program = contestant.program();
            if (contestant.service().isPresent()) {
                server.run(
                        contestant.id() + "-service",
                        Pin.OTHERS,
                        flags,
                        contestant.service().get());
                program = program.with(Integer.toString(server.port));
            }
            server.run(contestant.id(), pin, flags, program);
            return server;
        } catch (ProgramException e) {
            server.close();
            throw e;
        }
    }

    private void run(String name, Pin pin, List<String> flags, Program program) throws ProgramException {
        ChildProcess process = ChildProcess.start(name, pin, program.flagged(flags));
        processes.push(process);
        port = Integer.parseInt(process.await("ready ", READY_SECONDS));
    }

    /** Where its clients connect. */
    int port() {
        return port;
    }

    /** The measured process. */
    ChildProcess process() {
        return processes.element();
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}
