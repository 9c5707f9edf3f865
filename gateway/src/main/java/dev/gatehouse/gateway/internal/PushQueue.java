package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.QueuePolicy;
import dev.gatehouse.link.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Packets of services that wait for a client which can't take them now, before they are encoded and encrypted. Each route has a
 * bound of packets and one of bytes, and a policy for what happens beyond, which touches that route's packets alone. On the
 * session's event loop.
 */
final class PushQueue {
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final ByteBufAllocator allocator;
    private final Counters counters;
    private final int bytesMax;
    private final int[] packetsOfRoute;
    private final int[] bytesOfRoute;

    PushQueue(ByteBufAllocator allocator, Counters counters, int bytesMax) {
        this.allocator = allocator;
        this.counters = counters;
        this.bytesMax = bytesMax;
        packetsOfRoute = new int[counters.routes.length];
        bytesOfRoute = new int[counters.routes.length];
    }

    /**
     * A packet that waits.
     *
     * @param route by which it goes to the client
     * @param service the one that sent it
     */
    record Waiting(ByteBuf packet, Route route, int service) {
        /** Whether its service may wait for it to be sent. */
        boolean awaited() {
            return route.config().slowClient() == QueuePolicy.WAIT;
        }

        int opcode() {
            return packet.getShort(packet.readerIndex());
        }

        int bytes() {
            return packet.readableBytes();
        }
    }

    /** What became of an offer. */
    enum Offer {
        /** The service may send more. */
        MORE,
        /** The service may send one less, until a packet of its that it waits for is sent. */
        HOLD,
        /** There is no room, and the policy is to close. */
        FULL
    }

    /** Takes a copy of a packet. */
    Offer offer(Packet pushed, Router router, int service) {
        ByteBuf packet = allocator.buffer(pushed.length());
        pushed.readTo(packet);
        Route route = router.wayBack(packet.getShort(packet.readerIndex()), service);
        Waiting waiting = new Waiting(packet, route, service);
        QueuePolicy policy = route.config().slowClient();
        if (policy == QueuePolicy.KEEP_LATEST) {
            dropSameOpcode(waiting);
        }
        if (policy == QueuePolicy.CLOSE && full(waiting)) {
            packet.release();
            return Offer.FULL;
        }
        boolean hold = policy == QueuePolicy.WAIT && full(waiting);
        if (!hold) {
            makeRoom(waiting);
        }
        count(waiting, 1);
        queue.add(waiting);
        return hold ? Offer.HOLD : Offer.MORE;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** The packet that waits longest, which stays. */
    Waiting peek() {
        return queue.element();
    }

    /** The packet that waits longest; the caller releases it. */
    Waiting poll() {
        Waiting first = queue.remove();
        count(first, -1);
        return first;
    }

    void release() {
        queue.forEach(w -> w.packet().release());
        queue.clear();
    }

    /** A single packet has room always, whatever its length. */
    private boolean full(Waiting next) {
        int index = next.route().index();
        int packets = packetsOfRoute[index];
        return packets > 0
                && (packets >= next.route().config().queuePacketsMax()
                        || bytesOfRoute[index] + next.bytes() > bytesMax);
    }

    private void makeRoom(Waiting next) {
        for (Iterator<Waiting> i = queue.iterator(); full(next) && i.hasNext(); ) {
            Waiting waiting = i.next();
            if (waiting.route().equals(next.route())) {
                drop(waiting, i);
            }
        }
    }

    private void dropSameOpcode(Waiting next) {
        for (Iterator<Waiting> i = queue.iterator(); i.hasNext(); ) {
            Waiting waiting = i.next();
            if (waiting.route().equals(next.route()) && waiting.opcode() == next.opcode()) {
                drop(waiting, i);
            }
        }
    }

    private void drop(Waiting waiting, Iterator<Waiting> at) {
        at.remove();
        count(waiting, -1);
        counters.routes[waiting.route().index()].dropped++;
        waiting.packet().release();
    }

    private void count(Waiting waiting, int packets) {
        int index = waiting.route().index();
        packetsOfRoute[index] += packets;
        bytesOfRoute[index] += packets * waiting.bytes();
    }
}
