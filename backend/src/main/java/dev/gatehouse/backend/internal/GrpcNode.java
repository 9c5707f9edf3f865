package dev.gatehouse.backend.internal;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.backend.ServiceStartException;
import dev.gatehouse.backend.User;
import dev.gatehouse.link.BatchReader;
import dev.gatehouse.link.BatchWriter;
import dev.gatehouse.link.Frame;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node on gRPC's Netty server. Calls are accepted on the event loop of their connection and stay on it. */
public final class GrpcNode implements ServiceNode {

    private static final Logger log = LoggerFactory.getLogger(GrpcNode.class);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ServiceOptions options;
    private final Admission admission;
    private final Attachments attachments = new Attachments();
    private final MultiThreadIoEventLoopGroup group;
    private final List<CallLoop> loops;
    private final Server server;
    private final InetSocketAddress address;
    private final KnownRing knownRing = new KnownRing();
    private final RareWarning refusals = new RareWarning(log);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private GrpcNode(ServiceOptions options) {
        this.options = options;
        admission = new Admission(options.token());
        Transport transport = Transport.pick();
        group = transport.group(options.service(), options.eventLoops());
        loops = CallLoop.of(group, this);
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

    /**
     * Starts one.
     *
     * @throws ServiceStartException if it can't be, which is the operator's to mend
     */
    public static ServiceNode start(ServiceOptions options) {
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
    public void ringVersion(long epoch, long version) {
        knownRing.learn(epoch, version);
    }

    @Override
    public long misplaced() {
        return knownRing.refused();
    }

    KnownRing knownRing() {
        return knownRing;
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
                stopNow(new NodeStop(server, group, loops, attachments, options.handover(), grace));
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

    @Override
    public void broadcast(int opcode, ByteBuf payload) {
        broadcast(users(), opcode, payload);
    }

    @Override
    public void broadcast(Collection<? extends User> users, int opcode, ByteBuf payload) {
        Attachment.checkPush(opcode, payload);
        OutboundFrame packet = new OutboundFrame().packet(opcode, payload).copy();
        Map<TrunkCall, List<Attachment>> byTrunk = new HashMap<>();
        for (User user : users) {
            Attachment attachment = (Attachment) user;
            if (attachment.line() instanceof TrunkLine line && attachment.joinBroadcast()) {
                byTrunk.computeIfAbsent(line.call(), call -> new ArrayList<>()).add(attachment);
            } else {
                attachment.push(packet);
            }
        }
        byTrunk.forEach((call, listed) -> call.loop().run(() -> call.broadcast(listed, packet)));
    }

    /** Takes a stream, which is a user's, or refuses it. On its event loop. */
    ServerCall.Listener<Frame> acceptStream(ServerCall<Frame, Frame> call, Metadata headers, CallLoop loop) {
        StreamLine line;
        try {
            line = new StreamLine(admission.userId(headers), this, call, loop);
        } catch (StatusException e) {
            return refuse(call, e.getStatus());
        }
        if (!admit(line.attachment())) {
            return end(call, NodeStop.STATUS);
        }
        line.open();
        return line;
    }

    /** Takes a trunk, which is a gateway's event loop's, or refuses it. On its event loop. */
    ServerCall.Listener<BatchReader> acceptTrunk(
            ServerCall<BatchReader, BatchWriter> call, Metadata headers, CallLoop loop) {
        try {
            admission.requireToken(headers);
        } catch (StatusException e) {
            return refuse(call, e.getStatus());
        }
        if (stopping.get()) {
            return end(call, NodeStop.STATUS);
        }
        TrunkCall trunk = new TrunkCall(this, call, loop);
        trunk.open();
        return trunk;
    }

    /** Takes a user onto the books, unless the node stops. On the user's event loop. */
    boolean admit(Attachment attachment) {
        attachments.add(attachment);
        // Asked after it is on the books: whoever begins to stop either sees it there or is seen here.
        if (stopping.get()) {
            attachments.leaving(attachment);
            attachments.left(attachment);
            return false;
        }
        return true;
    }

    /** Tells the operator of a peer that was refused. */
    void refused(String what) {
        refusals.warn("service " + options.service() + ": " + what);
    }

    private <Q, S> ServerCall.Listener<Q> refuse(ServerCall<Q, S> call, Status status) {
        refused("a stream was refused: " + status.getDescription());
        return end(call, status);
    }

    private static <Q, S> ServerCall.Listener<Q> end(ServerCall<Q, S> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
