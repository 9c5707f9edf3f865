package guide;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.ConnectionError;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.QueuePolicy;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.ServerStatistics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Settings of servers. */
final class Servers {
    private Servers() {}

    /** What all connections share. */
    record Visits(LongAdder count) {
        void another() {
            count.increment();
        }
    }

    static Server listensTwice(String first, String second) {
        return Server.builder(Framing.lines(1024))
                .listen(first)
                .listen(second)
                .handler((connection, line) -> connection.send(line))
                .start();
    }

    static Server limited(String address) {
        ConnectionOptions options = ConnectionOptions.builder()
                .firstMessageTimeout(Duration.ofSeconds(10))
                .idleTimeout(Duration.ofMinutes(5))
                .writeTimeout(Duration.ofSeconds(30))
                .watermarksBytes(32 * 1024, 64 * 1024)
                .queueBytesMax(1024 * 1024)
                .queuePolicy(QueuePolicy.CLOSE)
                .build();
        return Server.builder(address, Framing.lines(1024))
                .handler((connection, line) -> connection.send(line))
                .options(options)
                .connectionsMax(10_000)
                .connectionsPerAddressMax(100)
                .acceptFailuresMax(100)
                .start();
    }

    static Server reports(String address, Consumer<ConnectionError> errors) {
        return Server.builder(address, Framing.lines(10))
                .handler((connection, line) -> {
                    if (line.readableBytes() > 5) {
                        connection.report(new IllegalArgumentException("a line of more than 5 bytes"));
                    }
                    connection.send(line);
                })
                .errorListener(errors::accept)
                .start();
    }

    static Server shares(String address) {
        return Server.builder(address, Framing.lines(1024))
                .attachment(new Visits(new LongAdder()))
                .handler((connection, line) -> {
                    connection.sharedAttachment(Visits.class).ifPresent(Visits::another);
                    connection.send(line);
                })
                .onStopped(() -> System.out.println("stopped"))
                .start();
    }

    static void tellEverybody(Server server, byte[] message) {
        server.forEach(connection -> connection.send(message));
    }

    static Map<String, Long> figures(Server server) {
        ServerStatistics statistics = server.statistics();
        return Map.of(
                "opened", statistics.opened(),
                "messages in", statistics.messagesIn(),
                "refused frames", statistics.closed(CloseReason.FRAME_TOO_LARGE));
    }

    /** Two servers on the threads that are given; who made them closes them. */
    static void sharesThreads(String first, String second, Consumer<Server> running) {
        try (EventLoops eventLoops = EventLoops.builder().threads(2).build();
                Server echo = Server.builder(first, Framing.lines(1024))
                        .handler((connection, line) -> connection.send(line))
                        .eventLoops(eventLoops)
                        .start();
                Server sink = Server.builder(second, Framing.untilEof(1024))
                        .eventLoops(eventLoops)
                        .start()) {
            running.accept(echo);
            running.accept(sink);
        }
    }
}
