package dev.gatehouse.app;

import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.app.config.Secrets;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.backend.ServiceNodeBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The demo service as a process of its own. */
@Command(
        name = "service",
        description = "Runs a node of the demo service: it answers opcode 1001 with 1002 and the same payload,"
                + " and sends the payload of 1003 to every connected user as 1004.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse service --name game --listen 127.0.0.1:7001",
            "  gatehouse service --name game --listen 127.0.0.1:7001 --console 127.0.0.1:9091",
            "  GATEHOUSE_TOKEN=secret gatehouse service --name game --listen 127.0.0.1:7002"
        })
final class ServiceCommand implements Callable<Integer> {
    private static final String TOKEN_VARIABLE = "GATEHOUSE_TOKEN";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "The service's name, as in the gateway's configuration.")
    private String name = "";

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            required = true,
            description = "Where the gateway's links connect; port 0 takes a free one.")
    private String listen = "";

    @Option(
            names = "--console",
            paramLabel = "HOST:PORT",
            description = "Where health and metrics are served; nowhere by default.")
    private Optional<String> console = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file whose first line is the service token; or give it in the variable " + TOKEN_VARIABLE + ".")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "A PEM certificate chain: links then use TLS. With --key.")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "The PEM private key of --certificate.")
    private Optional<Path> key = Optional.empty();

    @Option(names = "--insecure", description = "Allow to listen off this machine without TLS or without a token.")
    private boolean insecure;

    private final DemoService demo = new DemoService();

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private GraceOption grace = new GraceOption();

    @Override
    public Integer call() throws InterruptedException {
        Logs.configure(log.settings(LogLevel.INFO));
        Duration gracePeriod = grace.value();
        return ServerProcess.serve(gracePeriod, () -> ServiceServer.start(this::node, demo, console()));
    }

    private ServiceNode node() {
        ServiceNodeBuilder builder = ServiceNode.builder(name)
                .listen(Listening.address("--listen", listen).toString())
                .insecure(insecure)
                .handler(demo);
        token().ifPresent(builder::token);
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("--certificate and --key: one of them (expected: both or neither)");
        }
        certificate.ifPresent(chain -> builder.tls(chain, key.orElseThrow()));
        return builder.start();
    }

    private Optional<HostPort> console() {
        return console.map(address -> Listening.address("--console", address));
    }

    private Optional<String> token() {
        return tokenFile
                .map(Secrets::firstLine)
                .or(() -> Optional.ofNullable(System.getenv(TOKEN_VARIABLE)).filter(token -> !token.isEmpty()));
    }
}
