package guide;

import dev.gatehouse.net.Client;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.ClientCertificates;
import dev.gatehouse.net.tls.ClientTls;
import dev.gatehouse.net.tls.ServerTls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** TLS on both sides, and a proxy in front. */
final class Secured {
    private Secured() {}

    static Server server(String address, Path certificate, Path key, Path clients) {
        return Server.builder(address, Framing.lines(1024))
                .tls(ServerTls.builder(certificate, key)
                        .clientCertificates(ClientCertificates.REQUIRED, clients)
                        .build())
                .handler((connection, line) -> connection.send(line))
                .start();
    }

    static Client client(Path servers, Path certificate, Path key, ConnectionHandler handler) {
        return Client.builder(Framing.lines(1024))
                .tls(ClientTls.builder()
                        .trust(servers)
                        .certificate(certificate, key)
                        .build())
                .handler(handler)
                .build();
    }

    static Server behindProxy(String address) {
        return Server.builder(address, Framing.lines(1024))
                .proxyProtocol(ProxyProtocol.trusting("127.0.0.0/8", "10.0.0.0/8"))
                .handler((connection, line) -> connection.send(
                        connection.remoteAddress().getHostString().getBytes(StandardCharsets.UTF_8)))
                .start();
    }
}
