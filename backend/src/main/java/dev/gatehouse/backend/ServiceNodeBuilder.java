package dev.gatehouse.backend;

import dev.gatehouse.backend.internal.GrpcNode;
import dev.gatehouse.backend.internal.ListenAddress;
import dev.gatehouse.backend.internal.ServiceOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Describes and starts a {@link ServiceNode}. Only the handler has no default. */
public final class ServiceNodeBuilder {

    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final String service;
    private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private Optional<String> token = Optional.empty();
    private Optional<ServiceOptions.Tls> tls = Optional.empty();
    private boolean insecure;
    private boolean blocking;
    private int eventLoops = Runtime.getRuntime().availableProcessors();
    private int inboxPacketsMax = 8;
    private int unreadBytesMax = 256 << 10;
    private int queuePacketsMax = 1024;
    private int queueBytesMax = 2 << 20;
    private Duration handover = Duration.ofMillis(2500);
    private Optional<PacketHandler> handler = Optional.empty();

    ServiceNodeBuilder(String service) {
        check(SERVICE.matcher(service).matches(), "service", service, SERVICE.pattern());
        this.service = service;
    }

    /** Where to listen, as {@code HOST:PORT} or {@code [IPV6]:PORT}; port 0, the default, has the system pick one. */
    public ServiceNodeBuilder listen(String address) {
        return listen(ListenAddress.parse(address));
    }

    /** Where to listen; the default is loopback and a port that the system picks. */
    public ServiceNodeBuilder listen(InetSocketAddress address) {
        listen = address;
        return this;
    }

    /** The service token, which each attachment has to bring; without one, the default, none is asked for. */
    public ServiceNodeBuilder token(String secret) {
        // The message must not say the secret.
        check(TOKEN.matcher(secret).matches(), "token", "(hidden)", "visible ASCII characters, at least one");
        token = Optional.of(secret);
        return this;
    }

    /** Turns TLS on, with the PEM files of the certificate chain and of its private key. */
    public ServiceNodeBuilder tls(Path certificateChain, Path privateKey) {
        tls = Optional.of(new ServiceOptions.Tls(certificateChain, privateKey));
        return this;
    }

    /** Allows to listen off loopback without TLS or without a token; off by default. */
    public ServiceNodeBuilder insecure(boolean allowed) {
        insecure = allowed;
        return this;
    }

    /** What to do with packets. */
    public ServiceNodeBuilder handler(PacketHandler packetHandler) {
        handler = Optional.of(packetHandler);
        return this;
    }

    /** Whether the handler may block: its callbacks then run on a virtual thread a user. Off by default. */
    public ServiceNodeBuilder blocking(boolean mayBlock) {
        blocking = mayBlock;
        return this;
    }

    /** How many event loops, so threads, serve the links; as many as processors by default. */
    public ServiceNodeBuilder eventLoops(int count) {
        checkRange("eventLoops", count, 1024);
        eventLoops = count;
        return this;
    }

    /**
     * How many packets of a user may wait for a blocking handler before its link is held back; 8 by default.
     */
    public ServiceNodeBuilder inboxPacketsMax(int packets) {
        checkRange("inboxPacketsMax", packets, 1 << 16);
        inboxPacketsMax = packets;
        return this;
    }

    /**
     * How many bytes of a user may lie unread at the node while its handler is busy or its queue full, before its link is held
     * back (65536..16777216); 256 KiB by default. Over the contract {@code trunk} it's 64 KiB, whatever this says.
     */
    public ServiceNodeBuilder unreadBytesMax(int bytes) {
        check(bytes >= 1 << 16 && bytes <= 1 << 24, "unreadBytesMax", bytes, (1 << 16) + ".." + (1 << 24));
        unreadBytesMax = bytes;
        return this;
    }

    /**
     * How many packets may wait in a user's outgoing queue, beyond which a push is {@link PushOutcome#QUEUE_FULL}; 1024 by
     * default. From half of it on the user's own packets aren't taken until it has emptied, so a handler that answers each packet with
     * one doesn't fill it.
     */
    public ServiceNodeBuilder queuePacketsMax(int packets) {
        checkRange("queuePacketsMax", packets, ServiceOptions.QUEUE_PACKETS_LIMIT);
        queuePacketsMax = packets;
        return this;
    }

    /** How many bytes may wait in a user's outgoing queue, see {@link #queuePacketsMax}; 2 MiB by default. */
    public ServiceNodeBuilder queueBytesMax(int bytes) {
        checkRange("queueBytesMax", bytes, Integer.MAX_VALUE);
        queueBytesMax = bytes;
        return this;
    }

    /**
     * How long, at the start of the grace period of a stop, the node serves on, so that gateways can move their sessions with nothing
     * lost; 2.5 s by default, and never more than half of the grace period.
     */
    public ServiceNodeBuilder handover(Duration part) {
        check(!part.isNegative(), "handover", part, "0 or more");
        handover = part;
        return this;
    }

    /**
     * Starts the node; it listens when this returns.
     *
     * @throws ServiceStartException if it can't listen, its TLS files can't be used, or it would be open to a network without TLS or
     *     token
     */
    public ServiceNode start() {
        return GrpcNode.start(options());
    }

    /** What was described so far. */
    ServiceOptions options() {
        return new ServiceOptions(
                service,
                listen,
                token,
                tls,
                insecure,
                blocking,
                eventLoops,
                inboxPacketsMax,
                unreadBytesMax,
                queuePacketsMax,
                queueBytesMax,
                handover,
                handler.orElseThrow(() -> new IllegalArgumentException("handler: none (expected: a PacketHandler)")));
    }

    private static void checkRange(String name, int value, int max) {
        check(value >= 1 && value <= max, name, value, "1.." + max);
    }

    private static void check(boolean right, String name, Object value, String expected) {
        if (!right) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
