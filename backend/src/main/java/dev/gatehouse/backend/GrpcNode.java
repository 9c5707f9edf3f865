package dev.gatehouse.backend;

import dev.gatehouse.link.Frame;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node on gRPC's Netty server. Streams are accepted on the event loop of their connection and stay on it. */
final class GrpcNode implements ServiceNode {

    private static final Logger log = LoggerFactory.getLogger(GrpcNode.class);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ServiceOptions options;
    private final Admission admission;
    private final Attachments attachments = new Attachments();
    private final MultiThreadIoEventLoopGroup group;
    private final List<CallLoop> loops;
    private final Server server;
    private final InetSocketAddress address;
    private final RareWarning refusals = new RareWarning(log);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private GrpcNode(ServiceOptions options) {
        this.options = options;
        admission = new Admission(options.token());
        Transport transport = Transport.pick();
        group = transport.group(options.service(), options.eventLoops());
        loops = CallLoop.of(group, loop -> (call, headers) -> accept(call, headers, loop));
        try {
            server = GrpcServers.start(options, transport, group, loops);
        } catch (ServiceStartException e) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
        address = (InetSocketAddress) server.getListenSockets().getFirst();
        log.info(
                "service {} listens on {} ({}, {} event loops{}{})",
                options.service(),
                ListenAddress.text(address),
                transport.name(),
                options.eventLoops(),
                options.tls().isPresent() ? ", TLS" : "",
                options.token().isPresent() ? ", token" : "");
    }

    static ServiceNode start(ServiceOptions options) {
        return new GrpcNode(options);
    }

    ServiceOptions options() {
        return options;
    }

    Attachments attachments() {
        return attachments;
    }

    @Override
    public String service() {
        return options.service();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Collection<User> users() {
        return attachments.users();
    }

    @Override
    public Optional<User> user(long id) {
        return attachments.user(id);
    }

    @Override
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        stop(GRACE);
    }

    @Override
    public void stop(Duration grace) {
        if (loops.stream().anyMatch(CallLoop::inEventLoop)) {
            throw new IllegalStateException(
                    "a node can't be stopped from one of its event loops, which would wait for itself");
        }
        try {
            if (stopping.compareAndSet(false, true)) {
                stopNow(new NodeStop(server, group, attachments, options.handover(), grace));
            } else {
                stopped.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopNow(NodeStop stop) throws InterruptedException {
        try {
            stop.run();
        } finally {
            // Both have no effect after an orderly stop; after an interrupt there is no more waiting.
            server.shutdownNow();
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            stopped.countDown();
        }
    }

    private ServerCall.Listener<Frame> accept(ServerCall<Frame, Frame> call, Metadata headers, CallLoop loop) {
        long id;
        try {
            id = admission.userId(headers);
        } catch (StatusException e) {
            refusals.warn("service " + options.service() + ": a stream was refused: "
                    + e.getStatus().getDescription());
            return refuse(call, e.getStatus());
        }
        Attachment attachment = new Attachment(id, this, call, loop);
        attachments.add(attachment);
        // Asked after it is on the books: whoever begins to stop either sees it there or is seen here.
        if (stopping.get()) {
            attachments.leaving(attachment);
            attachments.left(attachment);
            return refuse(call, NodeStop.STATUS);
        }
        attachment.open();
        return attachment;
    }

    private static ServerCall.Listener<Frame> refuse(ServerCall<Frame, Frame> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
