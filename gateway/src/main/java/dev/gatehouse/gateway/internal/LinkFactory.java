package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.ring.Member;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Makes the channels of one service's links, each on the event loop of its sessions. */
final class LinkFactory {
    /** One stream's flow-control window: what a service may send ahead to a client that doesn't take it. */
    private static final int STREAM_WINDOW_BYTES = 64 << 10;

    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final int NEVER_DAYS = 365;

    private final ServiceConfig config;
    private final GatewayLoop loop;
    private final Optional<SslContext> tls;

    LinkFactory(ServiceConfig config, GatewayLoop loop) {
        this.config = config;
        this.loop = loop;
        tls = config.tls() ? Optional.of(sslContext(config)) : Optional.empty();
    }

    /** A channel that isn't connected yet; to a member that {@link #requireSafe} has let pass. */
    ManagedChannel channel(Member member) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(member.host(), member.port())
                .eventLoopGroup(loop.eventLoop())
                .channelType(loop.parts().eventLoops().transport().socketChannel())
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .directExecutor()
                .disableRetry()
                .idleTimeout(NEVER_DAYS, TimeUnit.DAYS)
                .flowControlWindow(STREAM_WINDOW_BYTES)
                // Longer messages must come through as invalid frames, not as an error of the stream.
                .maxInboundMessageSize(16 << 20);
        tls.ifPresentOrElse(builder::sslContext, builder::usePlaintext);
        return builder.build();
    }

    /** What the gateway says of a session when it attaches it. */
    Metadata metadata(long user) {
        Metadata metadata = new Metadata();
        metadata.put(Gonet2Contract.USER_ID, Long.toString(user));
        if (!config.token().isEmpty()) {
            metadata.put(Gonet2Contract.TOKEN, Gonet2Contract.bearer(config.token()));
        }
        return metadata;
    }

    /**
     * Checks what links of this service need.
     *
     * @throws IllegalArgumentException if they can't be
     */
    static void check(ServiceConfig config) {
        config.nodes().forEach(node -> requireSafe(config, node));
        if (config.tls()) {
            sslContext(config);
        }
    }

    /**
     * Packets and tokens leave this machine only under TLS, or where the operator says so. May wait for DNS.
     *
     * @throws IllegalArgumentException else
     */
    static void requireSafe(ServiceConfig config, Member member) {
        if (config.tls() || config.insecure()) {
            return;
        }
        try {
            if (InetAddress.getByName(member.host()).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            // Not a loopback address either.
        }
        throw new IllegalArgumentException("service " + config.name() + ": node " + member.id() + " at " + member.host()
                + " without TLS (expected: a loopback address, tls, or insecure: true)");
    }

    private static SslContext sslContext(ServiceConfig config) {
        try {
            SslContextBuilder builder = GrpcSslContexts.forClient();
            config.trust().map(Path::toFile).ifPresent(builder::trustManager);
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "services." + config.name() + ".trust: "
                            + config.trust().map(Path::toString).orElse("not set")
                            + " (expected: a PEM file with certificates)",
                    e);
        }
    }
}
