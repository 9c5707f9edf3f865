package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.net.EventLoops;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;

/**
 * The event loop that links live on, and what they need of the gateway there.
 *
 * @param nodes those that links of all event loops go to
 */
public record LinkLoop(EventLoop eventLoop, EventLoops eventLoops, GatewayConfig config, LinkedNodes nodes) {

    /** Runs a task when this turn has ended. What it gives the loop to run then runs in the next turn, after all that there was to read. */
    void atEndOfTurn(Runnable task) {
        ((SingleThreadEventLoop) eventLoop).executeAfterEventLoopIteration(task);
    }

    /** The clock of deadlines. */
    long nanos() {
        return eventLoops.ticker().nanos();
    }
}
