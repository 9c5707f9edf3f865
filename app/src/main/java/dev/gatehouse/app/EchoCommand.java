package dev.gatehouse.app;

import dev.gatehouse.app.config.EchoSettings;
import dev.gatehouse.app.config.Sources;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The line echo server: the smallest server on {@code net}. */
@Command(
        name = "echo",
        description = "Gives back every line, byte by byte.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse echo",
            "  gatehouse echo --listen 127.0.0.1:7000",
            "  printf 'hello\\n' | nc -N 127.0.0.1 6379",
            "",
            "Keys of the configuration file: docs/configuration.md"
        })
final class EchoCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where clients connect; 127.0.0.1:6379 by default.")
    private Optional<String> listen = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with settings.")
    private Optional<Path> config = Optional.empty();

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private GraceOption grace = new GraceOption();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> options = new TreeMap<>(log.given());
        listen.ifPresent(address -> options.put("listen", address));
        grace.text().ifPresent(text -> options.put("grace", text));
        EchoSettings settings = EchoSettings.read(Sources.of(config, Map.of(), options));
        Logs.configure(settings.log());
        return ServerProcess.serve(settings.grace(), () -> new Echo(settings));
    }

    /** The running server. */
    private static final class Echo implements Served {
        private final EventLoops eventLoops;
        private final Server server;

        Echo(EchoSettings settings) {
            eventLoops = Listening.start(() -> settings.transport().eventLoops(settings.threads()));
            server = Listening.start(() -> Server.builder(
                            settings.listen().toString(), Framing.delimited((byte) '\n', settings.lineBytesMax()))
                    .eventLoops(eventLoops)
                    .connectionsMax(settings.connectionsMax())
                    .options(ConnectionOptions.builder()
                            .idleTimeout(settings.idleTimeout())
                            .build())
                    .handler((connection, line) -> connection.send(line))
                    .start());
        }

        @Override
        public String readyLine() {
            return "gatehouse echo ready on " + Address.format(server.localAddress());
        }

        @Override
        public boolean stop(Duration grace) {
            boolean orderly = server.stop(grace);
            eventLoops.close();
            return orderly;
        }
    }
}
