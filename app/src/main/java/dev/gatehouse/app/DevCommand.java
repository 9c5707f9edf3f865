package dev.gatehouse.app;

import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.gateway.GatewayConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A gateway and the demo service in one process, with embedded defaults. */
@Command(
        name = "dev",
        description = "Runs a gateway and a demo service in one process, to try and to develop clients."
                + " Everybody is let in, and nobody's packets are counted.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dev",
            "  gatehouse dev --listen 127.0.0.1:0 --console 127.0.0.1:0",
            "  printf 'login alice\\nsend 1001 hello\\nwait 1002\\nquit\\n' | gatehouse connect 127.0.0.1:8888"
        })
final class DevCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where clients connect; ${DEFAULT-VALUE} by default.")
    private String listen = "127.0.0.1:8888";

    @Option(
            names = "--console",
            paramLabel = "HOST:PORT",
            description = "Where health and metrics are served; ${DEFAULT-VALUE} by default.")
    private String console = "127.0.0.1:9090";

    @Option(
            names = "--legacy-encryption",
            description = "Let clients turn on the legacy encryption, which is not secure.")
    private boolean legacyEncryption;

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private GraceOption grace = new GraceOption();

    @Override
    public Integer call() throws InterruptedException {
        Logs.configure(log.settings(LogLevel.INFO));
        Duration gracePeriod = grace.value();
        return ServerProcess.serve(
                gracePeriod,
                () -> DevServer.start(
                        GatewayConfig.builder()
                                .listen(Listening.address("--listen", listen).toString())
                                .legacyEncryption(legacyEncryption)
                                .noRateLimit(),
                        Listening.address("--console", console)));
    }
}
