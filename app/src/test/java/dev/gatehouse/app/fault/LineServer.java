package dev.gatehouse.app.fault;

import dev.gatehouse.app.logging.LogSettings;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.net.AcceptException;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;

/**
 * A process with the README's server, and with the limits that a test wants: {@code HOST:PORT TRANSPORT [NAME=VALUE ...]}. For each line
 * of its standard input it prints the server's statistics.
 */
final class LineServer {
    private static final int LINE_BYTES_MAX = 64 * 1024;

    private LineServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        Logs.configure(LogSettings.DEFAULT);
        ConnectionOptions.Builder options = ConnectionOptions.builder();
        Server.Builder settings = Server.builder(arguments[0], Framing.lines(LINE_BYTES_MAX));
        for (int i = 2; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            switch (option[0]) {
                case "first-message-timeout" -> options.firstMessageTimeout(Duration.parse(option[1]));
                case "idle-timeout" -> options.idleTimeout(Duration.parse(option[1]));
                case "write-timeout" -> options.writeTimeout(Duration.parse(option[1]));
                case "accept-failures-max" -> settings.acceptFailuresMax(Integer.parseInt(option[1]));
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
        EventLoops loops =
                EventLoops.builder().transport(Transport.valueOf(arguments[1])).build();
        try (Server server = settings.eventLoops(loops)
                .options(options.build())
                .handler((connection, line) -> connection.send(line))
                .start()) {
            // The first time loads classes, for which there may be no file descriptor later.
            say(server.statistics().toString());
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> new Scanner(System.in, StandardCharsets.US_ASCII)
                            .forEachRemaining(line -> say(server.statistics().toString())));
            server.serveUntilSignal(() -> say("listening on " + server.localAddress()));
        } catch (AcceptException e) {
            System.exit(1);
        }
    }

    // The test reads it.
    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }
}
