package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.gateway.Contract;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.TrunkContract;
import dev.gatehouse.ring.Member;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Makes the channels of one service's links, each on the event loop of its sessions. */
public final class LinkFactory {
    /** Up to here a message that is too long comes through as an invalid frame, which ends its session alone. */
    private static final int MESSAGE_BYTES_MAX = 16 << 20;

    private static final int NEVER_DAYS = 365;

    private final ServiceConfig config;
    private final LinkLoop loop;
    private final Optional<SslContext> tls;

    LinkFactory(ServiceConfig config, LinkLoop loop) {
        this.config = config;
        this.loop = loop;
        tls = config.tls() ? Optional.of(sslContext(config)) : Optional.empty();
    }

    /** A channel that isn't connected yet; to a member that {@link #requireLinkable} has let pass. */
    ManagedChannel channel(Member member) {
        GatewayConfig gateway = loop.config();
        boolean trunk = config.contract() == Contract.TRUNK;
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(member.host(), member.port())
                .eventLoopGroup(loop.eventLoop())
                .channelType(loop.eventLoops().transport().socketChannel())
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(Integer.MAX_VALUE, gateway.connectTimeout().toMillis()))
                .directExecutor()
                .disableRetry()
                .idleTimeout(NEVER_DAYS, TimeUnit.DAYS)
                .flowControlWindow(trunk ? gateway.trunkWindowBytes() : gateway.linkWindowBytes())
                .maxInboundMessageSize(trunk ? TrunkContract.BATCH_BYTES_MAX : MESSAGE_BYTES_MAX);
        tls.ifPresentOrElse(builder::sslContext, builder::usePlaintext);
        return builder.build();
    }

    /** A link that isn't connected yet, of the service's contract. */
    Link link(Member member, ServiceLinks service) {
        return switch (config.contract()) {
            case GONET2 -> new StreamLink(member, service);
            case TRUNK -> new TrunkLink(member, service);
        };
    }

    /** What the gateway says of a session when it attaches it over the contract gonet2. */
    Metadata metadata(long user) {
        Metadata metadata = metadata();
        metadata.put(Gonet2Contract.USER_ID, Long.toString(user));
        return metadata;
    }

    /** What the gateway says of itself with each call. */
    Metadata metadata() {
        Metadata metadata = new Metadata();
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
    public static void check(ServiceConfig config) {
        config.nodes().forEach(node -> requireLinkable(config, node));
        if (config.tls()) {
            sslContext(config);
        }
    }

    /**
     * Checks that a link can be made to a member, and may be: packets and tokens leave this machine only under TLS, or where the operator says
     * so. May wait for DNS.
     *
     * @throws IllegalArgumentException else
     */
    public static void requireLinkable(ServiceConfig config, Member member) {
        requireHost(config, member);
        requireSafe(config, member);
    }

    /** gRPC takes hosts as URIs do (RFC 2396), so without underscores, and breaks off, or goes elsewhere, with what isn't one. */
    private static void requireHost(ServiceConfig config, Member member) {
        try {
            String host = new URI(null, null, member.host(), member.port(), null, null, null).getHost();
            if (member.host().equals(host) || ("[" + member.host() + "]").equals(host)) {
                return;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException("service " + config.name() + ": node " + member.id() + " at " + member.host()
                + " (expected: an address, or a name of the letters a to z, digits, - and .)");
    }

    private static void requireSafe(ServiceConfig config, Member member) {
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
