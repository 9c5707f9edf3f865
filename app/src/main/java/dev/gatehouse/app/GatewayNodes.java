package dev.gatehouse.app;

import dev.gatehouse.app.config.GatewaySettings;
import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.Watcher;
import dev.gatehouse.etcd.EtcdRegistry;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.Registry;
import dev.gatehouse.ring.RingRegistry;
import dev.gatehouse.ring.StaticRegistry;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where a gateway process learns of nodes: its configuration, and for services that have no nodes there the coordinators or etcd, if it names some. Any
 * thread.
 */
final class GatewayNodes implements Registry, AutoCloseable {
    private final StaticRegistry configured;
    private final Optional<RingRegistry> followed;
    private final Optional<EtcdRegistry> discovered;
    /** The services whose nodes the coordinators, or etcd, tell of. */
    private final Set<String> elsewhere;

    private final boolean knowsElsewhere;

    GatewayNodes(GatewaySettings settings) {
        configured = new StaticRegistry(settings.gateway().services().values().stream()
                .collect(Collectors.toMap(ServiceConfig::name, ServiceConfig::nodes)));
        followed = settings.cluster().map(cluster -> new RingRegistry());
        discovered = settings.etcd().map(etcd -> EtcdRegistry.start(etcd.access(), etcd.prefix()));
        knowsElsewhere = followed.isPresent() || discovered.isPresent();
        elsewhere = settings.gateway().services().values().stream()
                .filter(this::isElsewhere)
                .map(ServiceConfig::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isElsewhere(ServiceConfig service) {
        return knowsElsewhere && service.nodes().isEmpty();
    }

    /** Begins to follow the rings of a cluster, until the watcher is closed. Where rings have to be laid, the watcher's event loop doesn't wait. */
    Watcher follow(ClusterAccess cluster, String id) {
        NewestRings newest = new NewestRings(followed.orElseThrow()::accept);
        return Watcher.start(cluster, id, new ClusterLog(id, newest::offer));
    }

    /** Whether a service would have its nodes from elsewhere than it has them, which this can't change. */
    boolean changesSource(ServiceConfig service) {
        return isElsewhere(service) != elsewhere.contains(service.name());
    }

    /** Sets the nodes that the configuration has for a service. */
    void replace(String service, List<Member> members) {
        configured.replace(service, members);
    }

    @Override
    public List<Member> members(String service) {
        return source(service).members(service);
    }

    @Override
    public Optional<RingSnapshot> rings(String service) {
        return source(service).rings(service);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        Subscription fromElsewhere = source().map(source -> source.subscribe(only(listener, elsewhere::contains)))
                .orElse(() -> {});
        Subscription ofOthers = configured.subscribe(only(listener, Predicate.not(elsewhere::contains)));
        return () -> {
            fromElsewhere.close();
            ofOthers.close();
        };
    }

    private static Listener only(Listener listener, Predicate<String> services) {
        return service -> {
            if (services.test(service)) {
                listener.changed(service);
            }
        };
    }

    private Registry source(String service) {
        return elsewhere.contains(service) ? source().orElseThrow() : configured;
    }

    private Optional<Registry> source() {
        return followed.<Registry>map(rings -> rings).or(() -> discovered);
    }

    @Override
    public void close() {
        discovered.ifPresent(EtcdRegistry::close);
    }
}
