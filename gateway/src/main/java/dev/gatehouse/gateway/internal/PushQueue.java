package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.QueuePolicy;
import dev.gatehouse.link.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Packets of services that wait for a client which can't take them now, before they are encoded and encrypted. Bounded by the
 * packets of their route and by bytes; what happens beyond is the route's policy. On the session's event loop.
 */
final class PushQueue {
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final ByteBufAllocator allocator;
    private final Counters counters;
    private final int bytesMax;
    private int bytes;

    PushQueue(ByteBufAllocator allocator, Counters counters, int bytesMax) {
        this.allocator = allocator;
        this.counters = counters;
        this.bytesMax = bytesMax;
    }

    /** A packet that waits, and the route by which it goes to the client. */
    record Waiting(ByteBuf packet, Route route) {
        int opcode() {
            return packet.getShort(packet.readerIndex());
        }
    }

    /** What became of an offer. */
    enum Offer {
        /** The service may send more. */
        MORE,
        /** The service waits until the queue is empty. */
        HOLD,
        /** There is no room, and the policy is to close. */
        FULL
    }

    /** Takes a copy of a packet. */
    Offer offer(Frame frame, Router router, int service) {
        ByteBuf packet = allocator.buffer(frame.length());
        frame.readTo(packet);
        Route route = router.wayBack(packet.getShort(packet.readerIndex()), service);
        Waiting waiting = new Waiting(packet, route);
        switch (route.config().slowClient()) {
            case WAIT -> {}
            case DROP_OLDEST -> makeRoom(waiting);
            case KEEP_LATEST -> {
                dropSameOpcode(waiting);
                makeRoom(waiting);
            }
            case CLOSE -> {
                if (full(waiting)) {
                    packet.release();
                    return Offer.FULL;
                }
            }
        }
        bytes += packet.readableBytes();
        queue.add(waiting);
        return route.config().slowClient() == QueuePolicy.WAIT ? Offer.HOLD : Offer.MORE;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** The packet that waits longest; the caller releases it. */
    Waiting poll() {
        Waiting first = queue.remove();
        bytes -= first.packet().readableBytes();
        return first;
    }

    void release() {
        queue.forEach(w -> w.packet().release());
        queue.clear();
        bytes = 0;
    }

    private boolean full(Waiting next) {
        return queue.size() >= next.route().config().queuePacketsMax()
                || (!queue.isEmpty() && bytes + next.packet().readableBytes() > bytesMax);
    }

    private void makeRoom(Waiting next) {
        while (full(next) && !queue.isEmpty()) {
            drop(poll());
        }
    }

    private void dropSameOpcode(Waiting next) {
        for (Iterator<Waiting> i = queue.iterator(); i.hasNext(); ) {
            Waiting waiting = i.next();
            if (waiting.opcode() == next.opcode() && waiting.route().equals(next.route())) {
                i.remove();
                bytes -= waiting.packet().readableBytes();
                drop(waiting);
            }
        }
    }

    private void drop(Waiting waiting) {
        counters.routes[waiting.route().index()].dropped++;
        waiting.packet().release();
    }
}
