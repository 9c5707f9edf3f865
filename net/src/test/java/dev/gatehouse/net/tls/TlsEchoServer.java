package dev.gatehouse.net.tls;

import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.Transport;
import dev.gatehouse.net.allocation.EchoClient;
import dev.gatehouse.net.allocation.MeasuredClient;
import dev.gatehouse.net.allocation.MeasuredServer;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SSLContext;

/** An echo of messages of 64 bytes under TLS, by the provider that is on the class path; its argument is a transport. */
final class TlsEchoServer implements MeasuredServer {
    private static final int PAYLOAD_BYTES = 64;

    @Override
    public InetSocketAddress start(List<String> arguments) throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .ecp256()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        return Server.builder("127.0.0.1:0", Framing.lengthPrefixed(2, 1024))
                .eventLoops(EventLoops.builder()
                        .threads(1)
                        .transport(Transport.valueOf(arguments.get(0)))
                        .build())
                .tls(SslContextBuilder.forServer(certificate.toKeyManagerFactory())
                        .sslProvider(TlsProvider.inUse().netty())
                        .build())
                .handler((connection, message) -> connection.send(message))
                .start()
                .localAddress();
    }

    @Override
    public MeasuredClient connect(InetSocketAddress address, int number) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
        byte[] frame = new byte[2 + PAYLOAD_BYTES];
        frame[1] = PAYLOAD_BYTES;
        return new EchoClient(context.getSocketFactory().createSocket(address.getAddress(), address.getPort()), frame);
    }
}
