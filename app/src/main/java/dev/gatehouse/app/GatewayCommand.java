package dev.gatehouse.app;

import dev.gatehouse.app.config.GatewaySettings;
import dev.gatehouse.app.config.Sources;
import dev.gatehouse.app.logging.Logs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The gateway, configured by a file, the environment and flags. */
final class GatewayCommand extends Subcommand {
    private final Supplier<Optional<Path>> config =
            option("--config", "FILE", Path.class, "A YAML file with settings.");
    private final Supplier<Map<String, String>> set =
            pairs("--set", "Sets one key, over the file and the environment; may be repeated.");
    private final BooleanSupplier check =
            flag("--check", "Only check the configuration: exit code 0 if it can be used, else 2.");
    private final LogOptions log = new LogOptions(specification());
    private final GraceOption grace = new GraceOption(this);

    GatewayCommand() {
        super(
                "gateway",
                "Runs a gateway: lets clients in, and gives their packets to services.",
                "  gatehouse gateway --config gatehouse.yaml",
                "  gatehouse gateway --config gatehouse.yaml --check",
                "  gatehouse gateway --config gatehouse.yaml --set idle-timeout=2m --set trace=true",
                "",
                "Keys, defaults and environment variables: docs/configuration.md");
    }

    @Override
    @SuppressWarnings("SystemOut") // --check answers whoever typed it.
    public Integer call() throws InterruptedException {
        GatewaySettings settings = read();
        if (check.getAsBoolean()) {
            GatewayProcess.check(settings);
            System.out.println("the configuration can be used");
            return 0;
        }
        Logs.configure(settings.log());
        return ServerProcess.serve(settings.grace(), () -> GatewayProcess.start(settings, this::read));
    }

    private GatewaySettings read() {
        Map<String, String> options = new LinkedHashMap<>(log.given());
        grace.text().ifPresent(text -> options.put("grace", text));
        return GatewaySettings.read(Sources.of(config.get(), set.get(), options));
    }
}
