package dev.gatehouse.app;

import dev.gatehouse.app.config.EchoSettings;
import dev.gatehouse.app.config.Sources;
import dev.gatehouse.app.logging.Logs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line echo server: the smallest server on {@code net}. */
final class EchoCommand extends Subcommand {
    private static final Logger LOG = LoggerFactory.getLogger(EchoCommand.class);
    private static final Path REDIS_FILE = Path.of("redis.conf");

    private final Supplier<Optional<String>> listen =
            option("--listen", "HOST:PORT", String.class, "Where clients connect; 127.0.0.1:6379 by default.");
    private final Supplier<Optional<Path>> config = option(
            "--config",
            "FILE",
            Path.class,
            "A file with settings: YAML, or, if its name ends with .conf, bind and port as in redis.conf."
                    + " Without it the redis.conf of the working folder, if there is one.");
    private final LogOptions log = new LogOptions(specification());
    private final GraceOption grace = new GraceOption(this);

    EchoCommand() {
        super(
                "echo",
                "Gives back every line, byte by byte.",
                "  gatehouse echo",
                "  gatehouse echo --listen 127.0.0.1:7000",
                "  gatehouse echo --config /etc/redis/redis.conf",
                "  printf 'hello\\n' | nc -N 127.0.0.1 6379",
                "",
                "Keys of the configuration file: docs/configuration.md");
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> options = new TreeMap<>(log.given());
        listen.get().ifPresent(address -> options.put("listen", address));
        grace.text().ifPresent(text -> options.put("grace", text));
        EchoSettings settings = EchoSettings.read(Sources.of(file(), Map.of(), options));
        Logs.configure(settings.log());
        if (config.get().isEmpty()) {
            file().ifPresent(found -> LOG.info("settings from {} in the working folder", found));
        }
        return ServerProcess.serve(settings.grace(), () -> EchoServer.start(settings));
    }

    /** The file that was named, or the redis.conf of the working folder, if there is one. */
    private Optional<Path> file() {
        return config.get().or(() -> Optional.of(REDIS_FILE).filter(Files::isRegularFile));
    }
}
