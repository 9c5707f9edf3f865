package dev.gatehouse.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Handles the failures of a listener to accept, as when no file descriptors are left: accepting pauses, 10 ms at first and up to
 * 1 s when failures go on; one a second is reported; after a total of {@code max} (0 for never) the server gives up. Stands
 * before Netty's own acceptor, so that this doesn't hear of them. On the listener's event loop.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long REPORT_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final ErrorReports errors;
    private final AtomicInteger total;
    private final int max;
    private final Consumer<AcceptException> giveUp;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long reportedNanos = System.nanoTime() - REPORT_INTERVAL;

    /** {@code total} is shared by all listeners of a server. */
    AcceptFailures(ErrorReports errors, AtomicInteger total, int max, Consumer<AcceptException> giveUp) {
        this.errors = errors;
        this.total = total;
        this.max = max;
        this.giveUp = giveUp;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        pauseMillis = FIRST_PAUSE_MILLIS;
        ctx.fireChannelRead(accepted);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        InetSocketAddress listener = (InetSocketAddress) ctx.channel().localAddress();
        int failures = total.incrementAndGet();
        if (failures == max) {
            giveUp.accept(new AcceptException(listener, failures, cause));
        }
        long now = System.nanoTime();
        if (now - reportedNanos >= REPORT_INTERVAL) {
            reportedNanos = now;
            errors.report(to -> to.acceptFailed(listener, cause));
        }
        if (ctx.channel().config().isAutoRead()) {
            pause(ctx);
        }
    }

    private void pause(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(false);
        ctx.executor().schedule(() -> goOn(ctx), pauseMillis, TimeUnit.MILLISECONDS);
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }

    private static void goOn(ChannelHandlerContext ctx) {
        if (ctx.channel().isOpen()) {
            ctx.channel().config().setAutoRead(true);
        }
    }
}
