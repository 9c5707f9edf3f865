package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.membership.MembershipEvent.Drained;
import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Left;
import dev.gatehouse.ring.membership.MembershipEvent.Lost;
import dev.gatehouse.ring.membership.MembershipEvent.Reported;
import dev.gatehouse.ring.membership.MembershipEvent.Started;
import dev.gatehouse.ring.membership.MembershipEvent.TimePassed;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingLength;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One step of {@link Memberships}: what time has brought about, then what the event says of one member, then the pending change and the queue are
 * brought in line with what members need.
 */
final class Transition {
    private final Memberships before;
    private final MembershipSettings settings;
    private final long nowMillis;
    private final Roll roll;
    private final List<Change> queue;
    private Optional<PendingChange> pending;
    private long lastTransferId;
    private RingVersion version;

    Transition(Memberships before, MembershipSettings settings, long nowMillis) {
        this.before = before;
        this.settings = settings;
        this.nowMillis = nowMillis;
        roll = new Roll(before.members());
        queue = new ArrayList<>(before.queue());
        pending = before.pending();
        lastTransferId = before.lastTransferId();
        version = before.version();
    }

    Memberships apply(MembershipEvent event) {
        if (event instanceof Started(long epoch)) {
            start(epoch);
        }
        expire();
        switch (event) {
            case Joined(Node node) -> join(node);
            case Reported(String id, NodeState state, long transferId) -> report(id, state, transferId);
            case Left(String id) -> updateUnlessDown(id, membership -> membership.leaving(true));
            case Lost(String id) -> lose(id);
            case Drained(String id, boolean draining) -> roll.update(id, m -> m.draining(draining));
            case Started started -> {}
            case TimePassed() -> {}
        }
        settle();
        Memberships after = result();
        return after.showsAs(before) || version.epoch() > before.version().epoch()
                ? after
                : new Memberships(version.next(), lastTransferId, after.members(), pending, queue);
    }

    private Memberships result() {
        return new Memberships(version, lastTransferId, List.copyOf(roll.all()), pending, queue);
    }

    /** Times begin anew, first of all: those of before are of another clock. */
    private void start(long epoch) {
        if (epoch <= version.epoch()) {
            throw new IllegalArgumentException("epoch: " + epoch + " (expected: above " + version.epoch() + ")");
        }
        version = new RingVersion(epoch, version.version() + 1);
        roll.updateAll(membership -> membership.downSince(nowMillis));
        pending = pending.map(change -> change.since(nowMillis));
    }

    private void join(Node node) {
        RingAlgorithm algorithm = settings.ring().algorithm();
        roll.put(roll.find(node.id())
                .map(known -> known.joined(node, algorithm))
                .orElseGet(() -> Membership.newcomer(node)));
    }

    private void lose(String id) {
        updateUnlessDown(id, membership -> membership.lost(nowMillis));
    }

    private void report(String id, NodeState state, long transferId) {
        if (state == NodeState.DOWN) {
            lose(id);
            return;
        }
        updateUnlessDown(id, membership -> membership.reported(state));
        if (state == NodeState.NORMAL) {
            pending = pending.map(change -> change.moved().transferId() == transferId ? change.reportedBy(id) : change);
        }
        if (pending.filter(change -> change.awaited().isEmpty()).isPresent()) {
            roll.adopt(pending.get().change());
            pending = Optional.empty();
        }
    }

    private void updateUnlessDown(String id, UnaryOperator<Membership> change) {
        roll.update(id, membership -> membership.isDown() ? membership : change.apply(membership));
    }

    /** A change that waited for too long is dropped, and who was down for too long is to go. */
    private void expire() {
        pending.filter(change -> hasPassed(settings.dropAfter(), change.sinceMillis()))
                .map(PendingChange::change)
                .ifPresent(this::drop);
        roll.updateAll(
                membership -> membership.isDown() && hasPassed(settings.removeAfter(), membership.downSinceMillis())
                        ? membership.leaving(true)
                        : membership);
    }

    /** It has moved nothing. */
    private void drop(Change change) {
        roll.update(change.id(), membership -> membership.without(change.kind(), nowMillis));
        pending = Optional.empty();
    }

    private boolean hasPassed(Duration duration, long sinceMillis) {
        return nowMillis - sinceMillis >= duration.toMillis();
    }

    private void settle() {
        roll.removeIf(membership -> membership.leaving() && membership.isOutside());
        pending = pending.filter(change -> isNeeded(change.change()));
        queue.removeIf(change -> !isNeeded(change));
        pending.map(PendingChange::change).filter(this::mayMoveOtherwise).ifPresent(this::begin);
        for (Membership membership : roll.all()) {
            membership.needs().map(kind -> new Change(kind, membership.id())).ifPresent(this::enqueue);
        }
        beginNext();
    }

    /** Begins the first in the queue that RING has room for. One that is current at once may have made room for those before it. */
    private void beginNext() {
        List<Change> untried = new ArrayList<>(queue);
        untried.removeIf(change -> before.withoutRoom().contains(change) && !mayHaveRoom(change));
        while (pending.isEmpty() && !untried.isEmpty()) {
            Change change = untried.removeFirst();
            begin(change);
            if (pending.isEmpty() && !queue.contains(change)) {
                untried = new ArrayList<>(queue);
            }
        }
    }

    /** Whether RING may have room for a change that it had none for before. */
    private boolean mayHaveRoom(Change change) {
        return mayMoveOtherwise(change) || roll.ringLength() < new Roll(before.members()).ringLength();
    }

    /** Whether the ring below a change has changed, or with a start perhaps the settings. */
    private boolean mayMoveOtherwise(Change change) {
        return version.epoch() > before.version().epoch() || roll.movesOtherwise(change, before.members());
    }

    private boolean isNeeded(Change change) {
        return roll.find(change.id())
                .flatMap(Membership::needs)
                .filter(change.kind()::equals)
                .isPresent();
    }

    private void enqueue(Change change) {
        if (!queue.contains(change)
                && pending.filter(p -> p.change().equals(change)).isEmpty()) {
            queue.add(change);
        }
    }

    /** Makes a change pending, or computes the pending one anew; current at once if it moves nothing; in the queue while RING has no room for it. */
    private void begin(Change change) {
        List<Transfer> transfers = roll.transfers(change, settings.ring());
        if (!transfers.isEmpty() && roll.ringLength() + RingLength.of(transfers) > settings.ringBytesMax()) {
            pending = Optional.empty();
            enqueue(change);
            return;
        }
        queue.remove(change);
        if (transfers.isEmpty()) {
            roll.adopt(change);
            pending = Optional.empty();
        } else if (pending.filter(p -> p.moved().transfers().equals(transfers)).isEmpty()) {
            PendingTransfers moved = new PendingTransfers(++lastTransferId, transfers);
            pending = Optional.of(new PendingChange(change, moved, roll.awaited(change, transfers), nowMillis));
        }
    }
}
