package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.ring.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link over the contract {@code trunk}: it is live from the node's hello to its goaway, or to the end of the call. A call that the
 * node said goodbye on goes on beside the next one until its attachments have ended.
 */
final class TrunkLink extends Link {
    private final List<TrunkCall> calls = new ArrayList<>();
    /** The call that sessions are attached on, or shall be once the node has said hello. */
    private @Nullable TrunkCall current;

    TrunkLink(Member member, ServiceLinks service) {
        super(member, service);
    }

    @Override
    Attachment attachment(AttachmentOwner owner) {
        TrunkCall call = current;
        if (call == null) {
            throw new IllegalStateException("no session is attached to a link that is down");
        }
        return new TrunkAttachment(call, owner);
    }

    @Override
    void connected() {
        retry();
    }

    @Override
    void disconnected() {
        if (current != null) {
            leaving(current);
        }
    }

    @Override
    void retry() {
        if (current == null) {
            TrunkCall call = new TrunkCall(this);
            current = call;
            calls.add(call);
            call.start();
        } else if (current.overdue()) {
            dead();
        }
    }

    @Override
    void dead() {
        current = null;
        super.dead();
    }

    @Override
    List<? extends Pinged> pinged() {
        return calls;
    }

    /** The node has said hello. */
    void greeted(TrunkCall call) {
        if (call.equals(current)) {
            content();
            up();
        }
    }

    /** The node says goodbye on a call: its attachments go on until another node can take them. */
    void leaving(TrunkCall call) {
        call.leave();
        if (call.equals(current)) {
            current = null;
            down();
        } else {
            moveLeaving();
        }
    }

    /** A call is over. */
    void over(TrunkCall call) {
        calls.remove(call);
        if (call.equals(current)) {
            current = null;
            down();
        }
    }
}
