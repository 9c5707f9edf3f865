package dev.gatehouse.app;

import dev.gatehouse.app.config.EchoSettings;
import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.app.config.ListenAddress;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running {@code gatehouse echo}. */
final class EchoServer implements Served {
    private static final Logger LOG = LoggerFactory.getLogger(EchoServer.class);

    private final EventLoops eventLoops;
    private final Server server;

    private EchoServer(EventLoops eventLoops, Server server) {
        this.eventLoops = eventLoops;
        this.server = server;
    }

    /** Starts it, at the first address that belongs to this machine. */
    static EchoServer start(EchoSettings settings) {
        List<ListenAddress> all = settings.listen();
        ListenAddress first = all.stream()
                .filter(address -> !address.optional() || isOurs(address.address()))
                .findFirst()
                .orElseThrow(() -> new OperatorException("bind: " + all + " (expected: an address of this machine)"));
        EventLoops eventLoops = Listening.start(() -> settings.transport().eventLoops(settings.threads()));
        Server server = Listening.start(() -> server(settings, first.address(), eventLoops));
        if (all.size() > 1) {
            LOG.warn("of the addresses {} only {} is served: one is all that this version can", all, first);
        }
        return new EchoServer(eventLoops, server);
    }

    private static Server server(EchoSettings settings, HostPort address, EventLoops eventLoops) {
        return Server.builder(address.toString(), Framing.delimited((byte) '\n', settings.lineBytesMax()))
                .eventLoops(eventLoops)
                .connectionsMax(settings.connectionsMax())
                .options(ConnectionOptions.builder()
                        .idleTimeout(settings.idleTimeout())
                        .build())
                .handler((connection, line) -> connection.send(line))
                .start();
    }

    /** Whether somebody can listen there, at whatever port. */
    private static boolean isOurs(HostPort address) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.bind(new InetSocketAddress(address.host(), 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String readyLine() {
        return "gatehouse echo ready on " + Address.format(server.localAddress());
    }

    @Override
    public boolean stop(Duration grace) {
        boolean orderly = server.stop(grace);
        eventLoops.close();
        return orderly;
    }
}
