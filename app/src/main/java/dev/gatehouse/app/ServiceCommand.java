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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The demo service as a process of its own. */
final class ServiceCommand extends Subcommand {
    private static final String TOKEN_VARIABLE = "GATEHOUSE_TOKEN";

    private final Supplier<String> name =
            required("--name", "NAME", "The service's name, as in the gateway's configuration.");
    private final Supplier<String> listen =
            required("--listen", "HOST:PORT", "Where the gateway's links connect; port 0 takes a free one.");
    private final Supplier<Optional<String>> console =
            option("--console", "HOST:PORT", String.class, "Where health and metrics are served; nowhere by default.");
    private final Supplier<Optional<Path>> tokenFile = option(
            "--token-file",
            "FILE",
            Path.class,
            "A file whose first line is the service token; or give it in the variable " + TOKEN_VARIABLE + ".");
    private final Supplier<Optional<Path>> certificate =
            option("--certificate", "FILE", Path.class, "A PEM certificate chain: links then use TLS. With --key.");
    private final Supplier<Optional<Path>> key =
            option("--key", "FILE", Path.class, "The PEM private key of --certificate.");
    private final BooleanSupplier insecure =
            flag("--insecure", "Allow to listen off this machine without TLS or without a token.");
    private final LogOptions log = new LogOptions(specification());
    private final GraceOption grace = new GraceOption(this);
    private final DemoService demo = new DemoService();

    ServiceCommand() {
        super(
                "service",
                "Runs a node of the demo service: it answers opcode 1001 with 1002 and the same payload,"
                        + " and sends the payload of 1003 to every connected user as 1004.",
                "  gatehouse service --name game --listen 127.0.0.1:7001",
                "  gatehouse service --name game --listen 127.0.0.1:7001 --console 127.0.0.1:9091",
                "  GATEHOUSE_TOKEN=secret gatehouse service --name game --listen 127.0.0.1:7002");
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.configure(log.settings(LogLevel.INFO));
        Duration gracePeriod = grace.value();
        return ServerProcess.serve(gracePeriod, () -> ServiceServer.start(this::node, demo, console()));
    }

    private ServiceNode node() {
        ServiceNodeBuilder builder = ServiceNode.builder(name.get())
                .listen(Listening.address("--listen", listen.get()).toString())
                .insecure(insecure.getAsBoolean())
                .handler(demo);
        token().ifPresent(builder::token);
        if (certificate.get().isPresent() != key.get().isPresent()) {
            throw new IllegalArgumentException("--certificate and --key: one of them (expected: both or neither)");
        }
        certificate.get().ifPresent(chain -> builder.tls(chain, key.get().orElseThrow()));
        return builder.start();
    }

    private Optional<HostPort> console() {
        return console.get().map(address -> Listening.address("--console", address));
    }

    private Optional<String> token() {
        return tokenFile
                .get()
                .map(Secrets::firstLine)
                .or(() -> Optional.ofNullable(System.getenv(TOKEN_VARIABLE)).filter(token -> !token.isEmpty()));
    }
}
