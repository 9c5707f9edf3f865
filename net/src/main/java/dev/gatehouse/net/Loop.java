package dev.gatehouse.net;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What the connections of one event loop share: its clock, the flush at the end of a turn, and the sweep over deadlines.
 * Everything runs on the event loop.
 *
 * <p>A turn is one round of the event loop: it reads from every socket that is ready, then runs its tasks. Flushing after all
 * of that, instead of after each connection, saves wake-ups of the peers between our system calls. One sweep over all
 * connections a few times a second replaces timers for each of them.
 */
final class Loop {
    private final int index;
    private final SingleThreadEventLoop eventLoop;
    private final Ticker ticker;
    private final Runnable endOfTurn = this::endTurn;
    private final Future<?> sweeps;
    private final ArrayList<FramedConnection> connections = new ArrayList<>();

    private ArrayList<Outbound> unflushed = new ArrayList<>();
    private ArrayList<Outbound> flushing = new ArrayList<>();
    private boolean inTurn;
    private long nanos;

    Loop(int index, EventLoop eventLoop, Ticker ticker, Duration sweepInterval) {
        this.index = index;
        this.eventLoop = (SingleThreadEventLoop) eventLoop;
        this.ticker = ticker;
        long every = sweepInterval.toNanos();
        sweeps = eventLoop.scheduleWithFixedDelay(this::sweep, every, every, TimeUnit.NANOSECONDS);
    }

    int index() {
        return index;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** The clock, read once a turn. */
    long nanos() {
        if (!inTurn) {
            beginTurn();
        }
        return nanos;
    }

    void flushAtEndOfTurn(Outbound outbound) {
        if (!inTurn) {
            beginTurn();
        }
        unflushed.add(outbound);
    }

    void add(FramedConnection connection) {
        connection.position(connections.size());
        connections.add(connection);
    }

    /** Removes by moving the last one into the gap. */
    void remove(FramedConnection connection) {
        FramedConnection last = connections.removeLast();
        if (last != connection) {
            connections.set(connection.position(), last);
            last.position(connection.position());
        }
    }

    /** Any thread. Breaks the connections that are left. */
    void stop() {
        sweeps.cancel(false);
        if (!eventLoop.isShuttingDown()) {
            eventLoop.execute(() -> List.copyOf(connections).forEach(c -> c.abort(CloseReason.LOCAL)));
        }
    }

    private void beginTurn() {
        inTurn = true;
        nanos = ticker.nanos();
        eventLoop.executeAfterEventLoopIteration(endOfTurn);
    }

    private void endTurn() {
        inTurn = false;
        ArrayList<Outbound> now = unflushed;
        unflushed = flushing;
        flushing = now;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).flush();
        }
        now.clear();
    }

    private void sweep() {
        long now = nanos();
        // From the end, because a removal moves the last one into the gap.
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (i < connections.size()) {
                connections.get(i).sweep(now);
            }
        }
    }
}
