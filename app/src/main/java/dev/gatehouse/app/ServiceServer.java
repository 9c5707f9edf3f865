package dev.gatehouse.app;

import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.app.metrics.Console;
import dev.gatehouse.app.metrics.Metrics;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.net.Address;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private ServiceServer(ServiceNode node, DemoService demo, Optional<HostPort> console) {
        this.node = node;
        this.demo = demo;
        metrics = Metrics.ofService(() -> demo.statistics(node));
        this.console = console.map(at -> Console.start(at.host(), at.port(), ready::get, metrics));
    }

    /** Starts it all; {@code node} starts the node with the handler {@code demo}. */
    static ServiceServer start(Supplier<ServiceNode> node, DemoService demo, Optional<HostPort> console) {
        return new ServiceServer(Listening.start(node), demo, console);
    }

    @Override
    public String readyLine() {
        return "gatehouse service " + node.service() + " ready on " + Address.format(node.address())
                + console.map(at -> " (console " + at.url() + ")").orElse("");
    }

    @Override
    public boolean stop(Duration grace) {
        ready.set(false);
        node.stop(grace);
        LOG.info("{} packets for users", demo.given());
        console.ifPresent(Console::close);
        metrics.close();
        return true;
    }
}
