package dev.gatehouse.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client: its connections, one after the other, and when they end. On its loop's thread. */
final class LoadClient {
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int FIRST_STAYS = 97;

    private final LoadLoop loop;
    private final int number;
    private final boolean stalls;
    private @Nullable LoadConnection connection;
    private boolean settled;
    private boolean leaving;
    private boolean stalled;
    private int place = -1;
    private long sinceNanos;
    private long resumedNanos;
    private long retryNanos;

    LoadClient(LoadLoop loop, int number) {
        this.loop = loop;
        this.number = number;
        stalls = loop.config().stalls().of(number);
    }

    int number() {
        return number;
    }

    /** Whether it is one of those that stop reading at times. */
    boolean stalls() {
        return stalls;
    }

    /** Where it stands among the clients that are ready; -1: not among them. */
    int place() {
        return place;
    }

    void place(int place) {
        this.place = place;
    }

    /** When it may connect again. */
    long retryNanos() {
        return retryNanos;
    }

    void retryAt(long nanos) {
        retryNanos = nanos;
    }

    /** Begins to connect. */
    void connect(long now) {
        sinceNanos = now;
        leaving = false;
        stalled = false;
        try {
            SocketChannel channel = loop.sockets().open(number);
            LoadConnection made = new LoadConnection(loop, this, channel);
            connection = made;
            if (channel.connect(loop.config().address())) {
                made.connected();
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    /** Its connection is ready for messages. */
    void ready(long now) {
        long share = settled ? 0 : number % FIRST_STAYS;
        sinceNanos = now - loop.config().churn().connectionTime().toNanos() / FIRST_STAYS * share;
        resumedNanos = now;
        settle();
        loop.ready(this);
        refill();
    }

    private void settle() {
        loop.connector().settled();
        if (!settled) {
            settled = true;
            loop.firstSettled();
        }
    }

    /** Its connection may send, and has room for another message of an open loop. */
    boolean hasRoom() {
        LoadConnection on = connection;
        return on != null
                && mayAdd(on)
                && on.outstanding().span() < loop.config().inFlightMax();
    }

    /** A message of an open loop comes due; the client {@linkplain #hasRoom() has room}. */
    void add(long dueNanos) {
        LoadConnection on = connection;
        if (on != null) {
            on.add(dueNanos);
        }
    }

    /** Keeps as many messages in flight as a closed loop wants. */
    void refill() {
        LoadConnection on = connection;
        if (on != null && mayAdd(on)) {
            long left = loop.config().churn().messagesMax() - on.outstanding().due();
            int wanted = (int) Math.min(loop.inFlight() - on.outstanding().open(), left);
            if (wanted > 0) {
                on.addUntimed(loop.take(wanted));
            }
        }
    }

    private boolean mayAdd(LoadConnection on) {
        leaving |= on.outstanding().due() >= loop.config().churn().messagesMax();
        return on.ready() && !leaving;
    }

    /** Answers may have come. */
    void received() {
        refill();
        leaveIfDone();
    }

    /** Makes place for another connection once everything has been answered. */
    private void leaveIfDone() {
        LoadConnection on = connection;
        if (leaving && on != null && on.outstanding().open() == 0) {
            loop.unready(this);
            connection = null;
            on.close();
            loop.connector().add(this);
        }
    }

    /** Looks at its deadlines. */
    void sweep(long now) {
        LoadConnection on = connection;
        if (on == null) {
            return;
        }
        if (!on.ready()) {
            if (now - sinceNanos >= loop.config().connectTimeout().toNanos()) {
                broken(new EndException(Reasons.CONNECT_TIMEOUT));
            }
            return;
        }
        stall(on, now);
        giveUpOverdue(on, now);
        leaving |= loop.windowOpen() && loop.config().churn().over(sinceNanos, now);
        leaveIfDone();
        if (connection != null && now - on.sentNanos() >= KEEP_ALIVE_NANOS) {
            try {
                on.keepAlive(now);
            } catch (IOException e) {
                broken(e);
            }
        }
    }

    private void stall(LoadConnection on, long now) {
        boolean stall = stalls && loop.windowOpen() && loop.config().stalls().on(number, now);
        if (stall || stalled) {
            resumedNanos = now;
        }
        stalled = stall;
        on.pause(stall);
    }

    private void giveUpOverdue(LoadConnection on, long now) {
        long timeout = loop.config().answerTimeout().toNanos();
        Outstanding outstanding = on.outstanding();
        on.check().now(now);
        while (outstanding.head() < outstanding.sent()
                && now - outstanding.oldest() >= timeout
                && now - resumedNanos >= timeout) {
            on.check().giveUpOldest("it didn't come in time");
        }
        refill();
    }

    /** Gives up what is outstanding at the end of a run. */
    void giveUpAll(long now) {
        LoadConnection on = connection;
        if (on != null) {
            on.check().now(now);
            on.check().giveUpAll("it hadn't come when the run was over");
        }
    }

    /** Its connection, if there is one, has failed; it makes another after a while. */
    void broken(IOException failure) {
        LoadConnection on = connection;
        connection = null;
        String reason = Reasons.of(failure);
        boolean wasReady = on != null && on.ready();
        if (wasReady) {
            loop.unready(this);
            loop.counting().findings().ended(reason);
        } else {
            settle();
            loop.counting().findings().connectFailed(reason);
        }
        if (on != null) {
            if (stalls) {
                on.check().forgetAll();
            } else {
                on.check().giveUpAll("its connection ended (" + reason + ")");
            }
            on.close();
        }
        loop.connector().again(this, System.nanoTime());
    }

    /** Closes its connection, for good. */
    void close() {
        LoadConnection on = connection;
        connection = null;
        if (on != null) {
            on.close();
        }
    }
}
