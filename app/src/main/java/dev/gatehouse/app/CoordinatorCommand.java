package dev.gatehouse.app;

import dev.gatehouse.app.config.CoordinatorSettings;
import dev.gatehouse.app.config.Sources;
import dev.gatehouse.app.logging.Logs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The coordinator, configured by a file, the environment and flags. */
final class CoordinatorCommand extends Subcommand {
    private final Supplier<Optional<String>> listen = option(
            "--listen",
            "HOST:PORT",
            String.class,
            "Where nodes, watchers and operators connect; 127.0.0.1:12345 by default.");
    private final Supplier<Optional<Path>> config =
            option("--config", "FILE", Path.class, "A YAML file with settings.");
    private final Supplier<Map<String, String>> set =
            pairs("--set", "Sets one key, over the file and the environment; may be repeated.");
    private final Supplier<Optional<String>> store = option(
            "--store",
            "file:FOLDER|etcd:URL,...",
            String.class,
            "Where members and rings are kept over restarts; file:gatehouse-cluster by default, none for nowhere."
                    + " With etcd several coordinators run, and one of them leads.");
    private final Supplier<Optional<Path>> secretFile = option(
            "--secret-file",
            "FILE",
            Path.class,
            "A file whose first line is the secret that all share; or give it in the variable"
                    + " GATEHOUSE_CLUSTER_SECRET.");
    private final Supplier<Optional<String>> console =
            option("--console", "HOST:PORT", String.class, "Where health and metrics are served; nowhere by default.");
    private final Supplier<Optional<Long>> newEpoch = option(
            "--new-epoch",
            "N",
            Long.class,
            "Begins with epoch N, above every epoch that was there: the way out where the store is damaged.");
    private final LogOptions log = new LogOptions(specification());
    private final GraceOption grace = new GraceOption(this);

    CoordinatorCommand() {
        super(
                "coordinator",
                "Runs a coordinator: it knows which nodes live, and publishes the ring of each service.",
                "  GATEHOUSE_CLUSTER_SECRET=secret gatehouse coordinator",
                "  gatehouse coordinator --secret-file secret --store file:/var/lib/gatehouse --log-file coordinator.log",
                "  gatehouse coordinator --secret-file secret --set ping-interval=1s --set suspect-time=500ms",
                "  gatehouse coordinator --secret-file secret --listen 10.0.0.1:12345"
                        + " --store etcd:http://10.0.0.1:2379,http://10.0.0.2:2379,http://10.0.0.3:2379",
                "",
                "Keys, defaults and environment variables: docs/configuration.md");
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> options = new TreeMap<>(log.given());
        listen.get().ifPresent(address -> options.put("listen", address));
        store.get().ifPresent(where -> options.put("store", where));
        secretFile.get().ifPresent(file -> options.put("secret-file", file.toString()));
        console.get().ifPresent(address -> options.put("console.listen", address));
        grace.text().ifPresent(text -> options.put("grace", text));
        CoordinatorSettings settings = CoordinatorSettings.read(Sources.of(config.get(), set.get(), options));
        Logs.configure(settings.log());
        OptionalLong epoch = newEpoch.get().map(OptionalLong::of).orElse(OptionalLong.empty());
        return ServerProcess.serve(settings.grace(), () -> CoordinatorServer.start(settings, epoch));
    }
}
