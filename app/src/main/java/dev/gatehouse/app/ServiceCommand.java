package dev.gatehouse.app;

import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.app.config.Secrets;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.backend.ServiceNodeBuilder;
import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.NodeAgent;
import dev.gatehouse.etcd.EtcdAccess;
import dev.gatehouse.etcd.EtcdRegistrar;
import dev.gatehouse.etcd.EtcdRegistry;
import dev.gatehouse.net.Address;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The demo service as a process of its own. */
final class ServiceCommand extends Subcommand {
    private static final String TOKEN_VARIABLE = "GATEHOUSE_TOKEN";
    private static final String REGISTERED = "--coordinator or --etcd";

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
    private final Supplier<Optional<String>> id =
            option("--id", "ID", String.class, "The node's name; with --coordinator or --etcd, where it is required.");
    private final Supplier<Optional<String>> advertise = option(
            "--advertise",
            "HOST:PORT",
            String.class,
            "Where gateways reach it; by default where it listens. With --coordinator or --etcd.");
    private final Supplier<Optional<Integer>> weight =
            option("--weight", "N", Integer.class, "Its share beside the other nodes, 1..100; 1 by default.");
    private final Supplier<Optional<String>> backup = option(
            "--backup", "ID,...", String.class, "Nodes that own its keys while it is down, the first preferred.");
    private final ClusterOptions cluster = new ClusterOptions(this);
    private final Supplier<Optional<String>> etcd = option(
            "--etcd",
            "URL,...",
            String.class,
            "The members of an etcd, as http://HOST:PORT or https://HOST:PORT: the node registers itself there, where"
                    + " gateways find it without a coordinator.");
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
                "  gatehouse service --name game --listen 127.0.0.1:7001 --coordinator 127.0.0.1:12345 --id game1",
                "  gatehouse service --name game --listen 127.0.0.1:7001 --etcd http://127.0.0.1:2379 --id game1",
                "  GATEHOUSE_TOKEN=secret gatehouse service --name game --listen 127.0.0.1:7002");
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.configure(log.settings(LogLevel.INFO));
        Duration gracePeriod = grace.value();
        Optional<ClusterAccess> access = cluster.access();
        if (access.isPresent() && etcd.get().isPresent()) {
            throw new OperatorException("--coordinator and --etcd: both (expected: one of them)");
        }
        checkMembership(access.isPresent());
        Optional<EtcdAccess> etcdAccess = etcd.get().map(ServiceCommand::etcdAccess);
        return ServerProcess.serve(
                gracePeriod,
                () -> ServiceServer.start(
                        this::node,
                        demo,
                        console(),
                        node -> access.map(to -> agent(to, node)),
                        node -> etcdAccess.map(to -> registrar(to, node))));
    }

    /** Options that would mean nothing, none that would be needed, and an address at which no gateway of another machine finds this node. */
    private void checkMembership(boolean clustered) {
        boolean registered = clustered || etcd.get().isPresent();
        weight.get().filter(given -> !clustered).ifPresent(given -> without("--weight", given, "--coordinator"));
        backup.get().filter(given -> !clustered).ifPresent(given -> without("--backup", given, "--coordinator"));
        advertise.get().filter(given -> !registered).ifPresent(given -> without("--advertise", given, REGISTERED));
        id.get().filter(given -> !registered).ifPresent(given -> without("--id", given, REGISTERED));
        if (registered && id.get().isEmpty()) {
            throw new OperatorException("--id: not set (expected: the node's name, as "
                    + (clustered ? "--coordinator" : "--etcd") + " is given)");
        }
        HostPort at = Listening.address("--listen", listen.get());
        if (registered && advertise.get().isEmpty() && at.isEverywhere()) {
            throw new OperatorException(
                    "--advertise: not set (expected: where gateways reach this node, as it listens on " + at + ")");
        }
    }

    private static void without(String option, Object value, String missing) {
        throw new OperatorException(option + ": " + value + " (expected: with " + missing + ")");
    }

    private static EtcdAccess etcdAccess(String endpoints) {
        try {
            return EtcdAccess.of(List.of(endpoints.split(",", -1)));
        } catch (IllegalArgumentException e) {
            throw new OperatorException("--etcd: " + e.getMessage(), e);
        }
    }

    /** What keeps the node in etcd. */
    private EtcdRegistrar registrar(EtcdAccess access, ServiceNode node) {
        return EtcdRegistrar.start(
                access,
                EtcdRegistry.PREFIX,
                node.service(),
                id.get().orElseThrow(),
                address(node).toString());
    }

    /** Where gateways reach the node. */
    private HostPort address(ServiceNode node) {
        return advertise
                .get()
                .map(text -> Listening.peer("--advertise", text))
                .orElseGet(() -> HostPort.parse(Address.format(node.address())));
    }

    /** The node in the cluster. */
    private NodeAgent agent(ClusterAccess access, ServiceNode node) {
        HostPort at = address(node);
        Node member = new Node(
                id.get().orElseThrow(),
                "",
                node.service(),
                at.host(),
                at.port(),
                weight.get().orElse(1),
                backup.get().map(text -> List.of(text.split(",", -1))).orElse(List.of()));
        return NodeAgent.builder(access, member)
                .listener(new ClusterLog(member.id(), rings -> learn(node, rings.version())))
                .start();
    }

    private static void learn(ServiceNode node, RingVersion ring) {
        node.ringVersion(ring.epoch(), ring.version());
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
