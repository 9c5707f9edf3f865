package dev.gatehouse.backend.internal;

import io.grpc.Server;
import io.grpc.Status;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stop of a node, in the order that loses least.
 *
 * <ol>
 *   <li>Goodbye: the server takes no more connections and sends GOAWAY on those it has, and goaway on its trunks, at which our gateways
 *       end their attachments and attach the sessions elsewhere. What they sent until then is served.
 *   <li>After the handover part: what is left, because its gateway doesn't do that, is flushed and ended with UNAVAILABLE.
 *   <li>After the grace period: callbacks that still run are interrupted and the connections closed.
 * </ol>
 */
final class NodeStop {

    /** What tells a gateway that the node goes away and the session is to be attached elsewhere. */
    static final Status STATUS = Status.UNAVAILABLE.withDescription("the node stops");

    private static final Logger log = LoggerFactory.getLogger(NodeStop.class);

    /** What is granted after the grace period to what was ended by force. */
    private static final Duration FORCED = Duration.ofSeconds(1);

    private final Server server;
    private final EventLoopGroup group;
    private final List<CallLoop> loops;
    private final Attachments attachments;
    private final Duration handover;
    private final Duration grace;

    NodeStop(
            Server server,
            EventLoopGroup group,
            List<CallLoop> loops,
            Attachments attachments,
            Duration handover,
            Duration grace) {
        this.server = server;
        this.group = group;
        this.loops = loops;
        this.attachments = attachments;
        Duration half = grace.dividedBy(2);
        this.handover = handover.compareTo(half) < 0 ? handover : half;
        this.grace = grace;
    }

    /** Stops the node and waits for it. */
    void run() throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        log.info("stopping with {} users attached", attachments.all().size());
        loops.forEach(loop -> loop.forEachTrunk(TrunkCall::sayGoodbye));
        server.shutdown();
        attachments.awaitEmpty(handover);
        for (Attachment attachment : attachments.all()) {
            attachment.onLoop(() -> attachment.end(STATUS));
        }
        boolean orderly = attachments.awaitEmpty(until(end));
        loops.forEach(loop -> loop.forEachTrunk(TrunkCall::stop));
        orderly &= server.awaitTermination(until(end).toNanos(), TimeUnit.NANOSECONDS);
        if (!orderly) {
            force();
        }
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(FORCED.toMillis());
        log.info("stopped{}", orderly ? "" : ", with force after the grace period");
    }

    /** Ends what still runs. */
    void force() throws InterruptedException {
        attachments.all().forEach(Attachment::interrupt);
        server.shutdownNow();
        attachments.awaitEmpty(FORCED);
        server.awaitTermination(FORCED.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
