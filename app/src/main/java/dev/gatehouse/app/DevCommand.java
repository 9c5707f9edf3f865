package dev.gatehouse.app;

import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.gateway.GatewayConfig;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A gateway and the demo service in one process, with embedded defaults. */
final class DevCommand extends Subcommand {
    private final Supplier<String> listen =
            optionOr("127.0.0.1:8888", "--listen", "HOST:PORT", "Where clients connect; ${DEFAULT-VALUE} by default.");
    private final Supplier<String> console = optionOr(
            "127.0.0.1:9090",
            "--console",
            "HOST:PORT",
            "Where health and metrics are served; ${DEFAULT-VALUE} by default.");
    private final Supplier<String> coordinator = optionOr(
            "127.0.0.1:12345",
            "--coordinator",
            "HOST:PORT",
            "Where the coordinator listens; ${DEFAULT-VALUE} by default. Its secret is that of the variable"
                    + " GATEHOUSE_CLUSTER_SECRET, or development.");
    private final BooleanSupplier legacyEncryption =
            flag("--legacy-encryption", "Let clients turn on the legacy encryption, which is not secure.");
    private final LogOptions log = new LogOptions(specification());
    private final GraceOption grace = new GraceOption(this);

    DevCommand() {
        super(
                "dev",
                "Runs a gateway, a demo service and a coordinator in one process, to try and to develop clients."
                        + " Everybody is let in, and nobody's packets are counted.",
                "  gatehouse dev",
                "  gatehouse dev --listen 127.0.0.1:0 --console 127.0.0.1:0 --coordinator 127.0.0.1:0",
                "  printf 'login alice\\nsend 1001 hello\\nwait 1002\\nquit\\n' | gatehouse connect 127.0.0.1:8888");
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.configure(log.settings(LogLevel.INFO));
        Duration gracePeriod = grace.value();
        return ServerProcess.serve(
                gracePeriod,
                () -> DevServer.start(
                        GatewayConfig.builder()
                                .listen(Listening.address("--listen", listen.get())
                                        .toString())
                                .legacyEncryption(legacyEncryption.getAsBoolean())
                                .noRateLimit(),
                        Listening.address("--console", console.get()),
                        Listening.address("--coordinator", coordinator.get())));
    }
}
