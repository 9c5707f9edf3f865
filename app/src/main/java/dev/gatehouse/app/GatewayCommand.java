package dev.gatehouse.app;

import dev.gatehouse.app.config.GatewaySettings;
import dev.gatehouse.app.config.Sources;
import dev.gatehouse.app.logging.Logs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The gateway, configured by a file, the environment and flags. */
@Command(
        name = "gateway",
        description = "Runs a gateway: lets clients in, and gives their packets to services.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse gateway --config gatehouse.yaml",
            "  gatehouse gateway --config gatehouse.yaml --check",
            "  gatehouse gateway --config gatehouse.yaml --set idle-timeout=2m --set trace=true",
            "",
            "Keys, defaults and environment variables: docs/configuration.md"
        })
final class GatewayCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with settings.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one key, over the file and the environment; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--check", description = "Only check the configuration: exit code 0 if it can be used, else 2.")
    private boolean check;

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private GraceOption grace = new GraceOption();

    @Override
    @SuppressWarnings("SystemOut") // --check answers whoever typed it.
    public Integer call() throws InterruptedException {
        GatewaySettings settings = read();
        if (check) {
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
        return GatewaySettings.read(Sources.of(config, set, options));
    }
}
