package dev.gatehouse.app;

import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.app.metrics.Console;
import dev.gatehouse.app.metrics.Metrics;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.cluster.NodeAgent;
import dev.gatehouse.etcd.EtcdRegistrar;
import dev.gatehouse.net.Address;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running {@code gatehouse service}: a node of the demo service, and its console if it has one. */
final class ServiceServer implements Served {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceServer.class);

    private final ServiceNode node;
    private final DemoService demo;
    private final Metrics metrics;
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final Optional<Console> console;
    private final Optional<NodeAgent> agent;
    private final Optional<EtcdRegistrar> registrar;

    private ServiceServer(
            ServiceNode node,
            DemoService demo,
            Optional<HostPort> console,
            Function<ServiceNode, Optional<NodeAgent>> agent,
            Function<ServiceNode, Optional<EtcdRegistrar>> registrar) {
        this.node = node;
        this.demo = demo;
        metrics = Metrics.ofService(() -> demo.statistics(node));
        this.console = console.map(at -> Console.start(at.host(), at.port(), ready::get, metrics));
        this.agent = agent.apply(node);
        this.registrar = registrar.apply(node);
    }

    /**
     * Starts it all.
     *
     * @param node starts the node with the handler {@code demo}
     * @param agent makes it a node of a cluster, if it is to be one
     * @param registrar keeps it in etcd, if it is to be there
     */
    static ServiceServer start(
            Supplier<ServiceNode> node,
            DemoService demo,
            Optional<HostPort> console,
            Function<ServiceNode, Optional<NodeAgent>> agent,
            Function<ServiceNode, Optional<EtcdRegistrar>> registrar) {
        ServiceNode started = Listening.start(node);
        return Listening.start(() -> new ServiceServer(started, demo, console, agent, registrar));
    }

    @Override
    public String readyLine() {
        return "gatehouse service " + node.service() + " ready on " + Address.format(node.address())
                + console.map(at -> " (console " + at.url() + ")").orElse("");
    }

    @Override
    public boolean stop(Duration grace) {
        ready.set(false);
        registrar.ifPresent(EtcdRegistrar::close);
        Duration left = leaveCluster(grace);
        node.stop(left);
        agent.ifPresent(NodeAgent::close);
        LOG.info("{} packets for users", demo.given());
        console.ifPresent(Console::close);
        metrics.close();
        return true;
    }

    /** Leaves as planned, in half of the grace period at most; returns what is left of it. */
    private Duration leaveCluster(Duration grace) {
        long start = System.nanoTime();
        if (agent.filter(NodeAgent::connected).isPresent()) {
            try {
                boolean left = agent.get().leave(grace.dividedBy(2));
                LOG.info(
                        left
                                ? "left the cluster"
                                : "couldn't leave the cluster in time; the coordinator will see it is down");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Duration rest = grace.minusNanos(System.nanoTime() - start);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
