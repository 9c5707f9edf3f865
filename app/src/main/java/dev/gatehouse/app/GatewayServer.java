package dev.gatehouse.app;

import dev.gatehouse.app.config.GatewaySettings;
import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.app.metrics.Console;
import dev.gatehouse.app.metrics.Metrics;
import dev.gatehouse.app.metrics.StatsdPush;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.EventLoops;
import java.time.Duration;
import java.util.Optional;

/** A running gateway with what belongs to it in a process: event loops, metrics and the console. */
final class GatewayServer {
    private final EventLoops eventLoops;
    private final Gateway gateway;
    private final Metrics metrics;
    private final Optional<Console> console;
    private final Optional<StatsdPush> statsd;

    private GatewayServer(
            EventLoops eventLoops,
            Gateway gateway,
            Optional<HostPort> console,
            Optional<GatewaySettings.Statsd> statsd) {
        this.eventLoops = eventLoops;
        this.gateway = gateway;
        metrics = Metrics.ofGateway(gateway::statistics);
        this.console = console.map(at -> Console.start(at.host(), at.port(), gateway::ready, metrics));
        this.statsd = statsd.map(to -> StatsdPush.start(metrics, to.host(), to.port(), to.interval()));
    }

    /**
     * Starts it all.
     *
     * @throws dev.gatehouse.app.operator.OperatorException if an address or a setting can't be used
     */
    static GatewayServer start(
            EventLoops eventLoops,
            Gateway.Builder gateway,
            Optional<HostPort> console,
            Optional<GatewaySettings.Statsd> statsd) {
        return new GatewayServer(
                eventLoops, Listening.start(() -> gateway.eventLoops(eventLoops).start()), console, statsd);
    }

    Gateway gateway() {
        return gateway;
    }

    String address() {
        return Address.format(gateway.localAddress());
    }

    /** The end of a ready line: where it listens, and where the console does. */
    String addresses() {
        return address() + console.map(at -> " (console " + at.url() + ")").orElse("");
    }

    boolean stop(Duration grace) {
        boolean orderly = gateway.stop(grace);
        statsd.ifPresent(StatsdPush::close);
        console.ifPresent(Console::close);
        metrics.close();
        eventLoops.close();
        return orderly;
    }
}
