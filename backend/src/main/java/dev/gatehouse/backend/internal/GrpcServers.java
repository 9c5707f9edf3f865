package dev.gatehouse.backend.internal;

import dev.gatehouse.backend.ServiceStartException;
import dev.gatehouse.link.TlsPair;
import dev.gatehouse.link.TrunkContract;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts gRPC's server for a node, or says in one sentence why that can't be. */
final class GrpcServers {

    private GrpcServers() {}

    static Server start(ServiceOptions options, Transport transport, EventLoopGroup group, List<CallLoop> loops) {
        requireProtection(options);
        NettyServerBuilder builder = builder(options)
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group)
                .channelType(transport.serverChannel())
                .directExecutor()
                .fallbackHandlerRegistry(new LoopMethods(loops))
                // HTTP/2 holds a user's gateway back beyond; a connection's own window isn't, so one user doesn't stop
                // others.
                .flowControlWindow(options.unreadBytesMax())
                .maxInboundMessageSize(TrunkContract.BATCH_BYTES_MAX)
                // Who pings here is our own gateway, or one that the operator chose.
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        try {
            return builder.build().start();
        } catch (IOException e) {
            throw new ServiceStartException(
                    "can't listen on " + ListenAddress.text(options.listen()) + ": " + why(cause(e)), e);
        }
    }

    private static String why(String cause) {
        String text = cause.toLowerCase(Locale.ROOT);
        if (text.contains("in use")) {
            return "the port is in use";
        } else if (text.contains("assign")) {
            return "the address doesn't belong to this machine";
        } else if (text.contains("denied")) {
            return "no permission";
        }
        return cause;
    }

    private static void requireProtection(ServiceOptions options) {
        InetAddress address = options.listen().getAddress();
        if (address == null) {
            throw new ServiceStartException(
                    "can't listen on " + ListenAddress.text(options.listen()) + ": the host is unknown");
        }
        if (address.isLoopbackAddress() || options.insecure()) {
            return;
        }
        String where = ListenAddress.text(options.listen()) + " is not a loopback address: ";
        if (options.tls().isEmpty()) {
            throw new ServiceStartException(where + "give TLS files, or allow to listen insecurely");
        }
        if (options.token().isEmpty()) {
            throw new ServiceStartException(where + "give a service token, or allow to listen insecurely");
        }
    }

    private static NettyServerBuilder builder(ServiceOptions options) {
        InetSocketAddress listen = options.listen();
        Optional<ServiceOptions.Tls> tls = options.tls();
        if (tls.isEmpty()) {
            return NettyServerBuilder.forAddress(listen, InsecureServerCredentials.create());
        }
        Path certificateChain = readable(tls.get().certificateChain());
        Path privateKey = readable(tls.get().privateKey());
        try {
            ServerCredentials credentials = TlsServerCredentials.create(certificateChain.toFile(), privateKey.toFile());
            NettyServerBuilder builder = NettyServerBuilder.forAddress(listen, credentials);
            if (!TlsPair.differ(certificateChain, privateKey)) {
                return builder;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ServiceStartException(
                    "the TLS files " + certificateChain + " and " + privateKey + " can't be used: " + cause(e), e);
        }
        throw new ServiceStartException(
                "the TLS file " + privateKey + " is another private key than that of " + certificateChain);
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new ServiceStartException("the TLS file " + file + " can't be read");
        }
        return file;
    }

    /** What the innermost cause says, which is where Netty and gRPC keep the reason. */
    private static String cause(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }
}
