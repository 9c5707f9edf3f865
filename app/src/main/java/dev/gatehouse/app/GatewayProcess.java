package dev.gatehouse.app;

import dev.gatehouse.app.config.EtcdFiles;
import dev.gatehouse.app.config.EtcdSettings;
import dev.gatehouse.app.config.GatewaySettings;
import dev.gatehouse.app.config.UserMode;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.Watcher;
import dev.gatehouse.gateway.Authenticator;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.ServiceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code gatehouse gateway} serves, and how it takes over a changed configuration. */
final class GatewayProcess implements Served {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);

    private final Set<String> served;
    private final GatewayNodes nodes;
    private final Optional<Watcher> watcher;
    private final GatewayServer server;
    private final Supplier<GatewaySettings> settings;

    private GatewayProcess(
            Set<String> served,
            GatewayNodes nodes,
            Optional<Watcher> watcher,
            GatewayServer server,
            Supplier<GatewaySettings> settings) {
        this.served = served;
        this.nodes = nodes;
        this.watcher = watcher;
        this.server = server;
        this.settings = settings;
    }

    /**
     * Checks what a start would refuse, apart from where it listens.
     *
     * @throws OperatorException if something can't be used
     */
    static void check(GatewaySettings settings) {
        Logs.check(settings.log());
        Listening.start(() -> settings.transport().eventLoops(1)).close();
        access(settings);
        Gateway.Builder gateway = gateway(settings);
        Listening.start(() -> {
            gateway.check();
            return gateway;
        });
    }

    /**
     * Starts the gateway.
     *
     * @param again reads the settings again, for a reload
     */
    static GatewayProcess start(GatewaySettings settings, Supplier<GatewaySettings> again) {
        if (settings.gateway().routes().isEmpty()) {
            LOG.warn("there is no route: clients can log in, and nothing else");
        }
        Optional<ClusterAccess> access = access(settings);
        GatewayNodes nodes = Listening.start(() -> new GatewayNodes(settings));
        Gateway.Builder gateway = gateway(settings).registry(nodes);
        GatewayServer server = GatewayServer.start(
                Listening.start(() -> settings.transport().eventLoops(settings.threads())),
                gateway,
                settings.console(),
                settings.statsd());
        Optional<Watcher> watcher = settings.cluster().map(cluster -> nodes.follow(access.orElseThrow(), cluster.id()));
        return new GatewayProcess(settings.gateway().services().keySet(), nodes, watcher, server, again);
    }

    private static Gateway.Builder gateway(GatewaySettings settings) {
        return Gateway.builder(settings.gateway()).authenticator(Listening.start(() -> authenticator(settings)));
    }

    /** How to reach the cluster, if there is one; checks the files that this takes, or that etcd does. */
    private static Optional<ClusterAccess> access(GatewaySettings settings) {
        settings.etcd().map(EtcdSettings::access).ifPresent(EtcdFiles::check);
        return settings.cluster().map(cluster -> cluster.access(System.getenv()));
    }

    private static Authenticator authenticator(GatewaySettings settings) {
        if (settings.userMode() == UserMode.DEVELOPMENT) {
            LOG.warn("users.mode is development: everybody is let in");
            return Authenticator.development();
        }
        return Authenticator.tokenFile(settings.tokenFile().orElseThrow());
    }

    @Override
    public String readyLine() {
        return "gatehouse gateway ready on " + server.addresses();
    }

    @Override
    public Optional<Runnable> reload() {
        return Optional.of(this::takeOver);
    }

    /** Takes over what can change while clients are connected; a configuration with a mistake changes nothing. */
    private void takeOver() {
        GatewaySettings changed;
        try {
            changed = settings.get();
        } catch (OperatorException e) {
            LOG.error("the configuration stays as it was: {}", e.getMessage());
            return;
        }
        try {
            server.gateway().reloadCertificates();
        } catch (IllegalArgumentException e) {
            LOG.error("the configuration stays as it was: {}", e.getMessage());
            return;
        }
        Map<String, ServiceConfig> services = changed.gateway().services();
        services.values().forEach(this::takeOver);
        served.stream().filter(name -> !services.containsKey(name)).forEach(name -> {
            LOG.warn("the service {} is gone from the configuration: its nodes go, its routes with a restart", name);
            nodes.replace(name, List.of());
        });
        server.gateway()
                .relabel(changed.gateway().opcodeNames(), changed.gateway().trace());
        Logs.level(changed.log().level());
        LOG.info("reloaded: nodes, certificates, names of opcodes, trace and log level; other changes need a restart");
    }

    private void takeOver(ServiceConfig service) {
        if (served.contains(service.name()) && nodes.changesSource(service)) {
            LOG.warn(
                    "the nodes of the service {} stay as they are: that the configuration has {} takes a restart",
                    service.name(),
                    service.nodes().isEmpty() ? "none any more" : "some now");
        } else {
            nodes.replace(service.name(), service.nodes());
        }
    }

    @Override
    public boolean stop(Duration grace) {
        boolean orderly = server.stop(grace);
        watcher.ifPresent(Watcher::close);
        nodes.close();
        return orderly;
    }
}
