package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.link.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session's place on a link, from open to close, on the session's event loop, which is the link's too. This is what holds over any
 * contract; what a contract says on the wire is what extends it.
 *
 * <p>The gateway ends it in one of two ways: by {@link #leave}, after which what the service still answers goes to the client, and
 * by {@link #drop}, after which it is stale and only counted. A node that is lost while its transport goes on ends it by {@link #abandon}.
 */
public abstract class Attachment {
    private final Link link;
    private final AttachmentOwner owner;
    private boolean accepted;
    private boolean leaving;
    private boolean closing;
    private boolean dropped;
    private boolean abandoned;
    private boolean aborted;
    private boolean over;
    private boolean heldBack;
    /** Packets that the session took and that held the service back: it gets as many less until they are sent. */
    private int owedPackets;

    private int owedBytes;
    private int position;
    private @Nullable ScheduledFuture<?> end;

    Attachment(Link link, AttachmentOwner owner) {
        this.link = link;
        this.owner = owner;
    }

    /** Tells the node; its owner may hear of the acceptance, or of an end, before this returns. */
    public abstract void open();

    /** Gives the service a packet, opcode and payload; the bytes are read during the call. */
    public abstract void send(ByteBuf packet);

    /** Tells the node that no packet follows. */
    abstract void closeSending();

    /** Stops waiting for the node's end of it. */
    abstract void abort();

    /** Lets the node send one more packet, or so many more bytes. */
    abstract void grant(int bytes);

    /** Whether the service must take more before it gets more. */
    public boolean heldBack() {
        return heldBack;
    }

    /** The client took a packet that held the service back; the packet may be one of an earlier attachment. */
    public void taken(int bytes) {
        if (owedPackets > 0 && !over) {
            owedPackets--;
            int granted = owedPackets == 0 ? owedBytes : Math.min(bytes, owedBytes);
            owedBytes -= granted;
            grant(granted);
        }
    }

    /** Whether the node says goodbye, and this goes on until another one can take over. */
    public boolean leaving() {
        return leaving && !closing;
    }

    /** Ends it in order: what the service still answers, within the time, goes to the client. */
    public void leave(Duration timeout) {
        close(timeout);
    }

    /** Ends it: nothing that the service still sends reaches the client. */
    public void drop(Duration timeout) {
        dropped = true;
        while (owedPackets > 0 && !over) {
            taken(owedBytes);
        }
        close(timeout);
    }

    /** Its node counts as lost, though the transport doesn't know: the session goes on elsewhere at once, and what still comes is stale. */
    void abandon(Duration timeout) {
        if (!over && !dropped) {
            abandoned = true;
            drop(timeout);
            link.counters().lostAttachments++;
            owner.lost(this);
        }
    }

    private void close(Duration timeout) {
        if (!closing && !over) {
            closing = true;
            closeSending();
            end = link.service()
                    .loop()
                    .eventLoop()
                    .schedule(this::endInTime, timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void endInTime() {
        if (!over) {
            dropped = true;
            aborted = true;
            abort();
        }
    }

    Link link() {
        return link;
    }

    AttachmentOwner owner() {
        return owner;
    }

    /** Its place in the link's list. */
    int position() {
        return position;
    }

    void position(int newPosition) {
        position = newPosition;
    }

    boolean over() {
        return over;
    }

    boolean closing() {
        return closing;
    }

    /** Whether nothing that the node sends reaches the client any more. */
    boolean dropped() {
        return dropped;
    }

    /** Whether bytes of packets are owed to nobody, so that an answer wouldn't wait behind them. */
    boolean flowing() {
        return !closing && !over && owedPackets == 0;
    }

    /** The node says goodbye. */
    void nodeLeaves() {
        leaving = true;
    }

    void accept() {
        if (!accepted && !over && !closing) {
            accepted = true;
            owner.accepted(this);
        }
    }

    /** The service takes no more. */
    void holdBack() {
        if (!heldBack) {
            heldBack = true;
            owner.changed();
        }
    }

    /** The service takes more. */
    void release() {
        if (heldBack) {
            heldBack = false;
            owner.changed();
        }
    }

    /** A packet of the service came. */
    void packet(Packet packet) {
        int bytes = packet.length();
        if (dropped) {
            link.counters().stale++;
            grant(bytes);
            return;
        }
        boolean more = true;
        try {
            if (sensible(packet)) {
                link.counters().returned++;
                more = owner.push(packet);
            }
        } catch (RuntimeException e) {
            owner.failed(e);
        }
        if (more) {
            grant(bytes);
        } else {
            owedPackets++;
            owedBytes += bytes;
        }
    }

    /** A packet for many attachments came. */
    void broadcast(Packet packet) {
        if (dropped) {
            link.counters().stale++;
            return;
        }
        try {
            if (sensible(packet)) {
                link.counters().returned++;
                owner.pushBroadcast(packet);
            }
        } catch (RuntimeException e) {
            owner.failed(e);
        }
    }

    private boolean sensible(Packet packet) {
        int length = packet.length();
        boolean sensible = length >= Short.BYTES
                && length <= link.service().loop().config().packetBytesMax();
        if (!sensible) {
            owner.nonsense("a packet of " + length + " bytes");
        }
        return sensible;
    }

    /** It has ended, however. */
    void finish(Ending ending, String why) {
        over = true;
        link.remove(this);
        if (end != null) {
            end.cancel(false);
        }
        if (abandoned) {
            return;
        }
        // A planned move that breaks half way was one from a node that is lost now.
        if (ending == Ending.LOST && !dropped) {
            link.counters().lostAttachments++;
            owner.lost(this);
        } else if (closing) {
            owner.ended(this);
        } else {
            switch (ending) {
                case LOST -> owner.lost(this);
                case REFUSED -> owner.refused();
                case MISPLACED -> owner.misplaced(this);
                case BY_SERVICE -> owner.closedByService(why);
            }
        }
    }

    /** Whether the gateway has given it up, so that its end says nothing of the node. */
    boolean aborted() {
        return aborted;
    }
}
