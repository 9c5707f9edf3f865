package dev.gatehouse.net;

import io.netty.channel.Channel;

/**
 * Whether a connection is read: not while its handler pauses it, and not while its answers have no room. Deadlines for reading
 * rest meanwhile. On the event loop.
 */
final class Reading {
    private final Channel channel;
    private final Loop loop;
    private final Deadlines deadlines;

    private boolean paused;
    private boolean choked;
    private boolean now = true;

    Reading(Channel channel, Loop loop, Deadlines deadlines) {
        this.channel = channel;
        this.loop = loop;
        this.deadlines = deadlines;
    }

    /** Whether the connection is read now. */
    boolean now() {
        return now;
    }

    /** Whether the handler wants nothing to be read. */
    boolean paused() {
        return paused;
    }

    /** The handler pauses, or goes on; returns whether reading goes on by that. */
    boolean paused(boolean paused) {
        this.paused = paused;
        return update();
    }

    /** Answers have no room, or have it again; returns whether reading goes on by that. */
    boolean choked(boolean choked) {
        this.choked = choked;
        return update();
    }

    private boolean update() {
        boolean read = !paused && !choked;
        if (read == now) {
            return false;
        }
        now = read;
        if (read) {
            deadlines.resume(loop.nanos());
        } else {
            deadlines.pause(loop.nanos());
        }
        channel.config().setAutoRead(read);
        return read;
    }
}
