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
import dev.gatehouse.net.tls.ServerTls;
import dev.gatehouse.net.tls.TlsFileException;
import dev.gatehouse.net.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
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

    /** Starts it, at all addresses but for the optional ones that this machine doesn't have. */
    static EchoServer start(EchoSettings settings) {
        List<ListenAddress> ours = settings.listen().stream()
                .filter(address -> !address.optional() || isOurs(address.address()))
                .toList();
        if (ours.isEmpty()) {
            throw new OperatorException("bind: " + settings.listen() + " (expected: an address of this machine)");
        }
        if (ours.size() < settings.listen().size()) {
            LOG.info("of the addresses {} this machine has {}", settings.listen(), ours);
        }
        EventLoops eventLoops = Listening.start(() -> settings.transport().eventLoops(settings.threads()));
        return new EchoServer(eventLoops, Listening.start(() -> server(settings, needed(ours), eventLoops)));
    }

    /** All addresses of IPv6 take those of IPv4 with them. */
    private static List<ListenAddress> needed(List<ListenAddress> addresses) {
        boolean all = addresses.stream().anyMatch(address -> host(address).equals("::"));
        return addresses.stream()
                .filter(address -> !all || !host(address).equals("0.0.0.0"))
                .toList();
    }

    private static String host(ListenAddress address) {
        return address.address().host();
    }

    private static Server server(EchoSettings settings, List<ListenAddress> addresses, EventLoops eventLoops) {
        Server.Builder builder = Server.builder(Framing.delimited((byte) '\n', settings.lineBytesMax()))
                .eventLoops(eventLoops)
                .connectionsMax(settings.connectionsMax())
                .options(ConnectionOptions.builder()
                        .idleTimeout(settings.idleTimeout())
                        .handshakeTimeout(settings.handshakeTimeout())
                        .build())
                .handler((connection, line) -> connection.send(line));
        addresses.forEach(address -> builder.listen(address.toString()));
        settings.tls().map(EchoServer::tls).ifPresent(builder::tls);
        settings.proxyProtocol().ifPresent(builder::proxyProtocol);
        return builder.start();
    }

    private static ServerTls tls(TlsFiles files) {
        try {
            return ServerTls.of(files);
        } catch (TlsFileException e) {
            throw new OperatorException("tls." + e.getMessage(), e);
        }
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
        return "gatehouse echo ready on "
                + server.localAddresses().stream().map(Address::format).collect(Collectors.joining(", "));
    }

    @Override
    public boolean stop(Duration grace) {
        boolean orderly = server.stop(grace);
        eventLoops.close();
        return orderly;
    }
}
