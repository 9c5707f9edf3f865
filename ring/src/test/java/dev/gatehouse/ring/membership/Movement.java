package dev.gatehouse.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Lost;
import dev.gatehouse.ring.membership.MembershipEvent.Reported;
import dev.gatehouse.ring.snapshot.HashRange;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.Transfer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Which keys one step moves, and whether they may: those of a crashed member, or exactly the transfers of a change that all have reported. */
final class Movement {
    private static final int KEYS = 40;

    private final Memberships before;
    private final MembershipEvent event;
    private final Memberships after;
    private final MembershipSettings settings;
    private final long nowMillis;

    Movement(
            Memberships before, MembershipEvent event, Memberships after, MembershipSettings settings, long nowMillis) {
        this.before = before;
        this.event = event;
        this.after = after;
        this.settings = settings;
        this.nowMillis = nowMillis;
    }

    /** Whom an event takes from its points, if anybody: with {@code stathat} a node too that joins from another address. */
    static Optional<String> crashed(MembershipEvent event, MembershipSettings settings) {
        return switch (event) {
            case Lost(var id) -> Optional.of(id);
            case Reported(var id, var state, var transferId) when state == NodeState.DOWN -> Optional.of(id);
            case Joined(var node) when settings.ring().algorithm() == RingAlgorithm.STATHAT -> Optional.of(node.id());
            default -> Optional.empty();
        };
    }

    /** Who owns a hash. */
    static Optional<String> owner(Memberships memberships, MembershipSettings settings, String service, long hash) {
        return memberships.snapshot(settings).ring(service).owner(hash).map(RingMember::id);
    }

    /** A hash that is of a transfer's range: the end that belongs to it. */
    static long within(Transfer transfer, MembershipSettings settings) {
        return settings.ring().algorithm() == RingAlgorithm.STATHAT
                ? transfer.range().start()
                : transfer.range().end();
    }

    void check() {
        RingSnapshot old = before.snapshot(settings);
        RingSnapshot young = after.snapshot(settings);
        boolean done = isDone();
        Set<String> services = new TreeSet<>(old.services());
        services.addAll(young.services());
        for (String service : services) {
            hashes(old, service).forEach(hash -> {
                Optional<String> from = old.ring(service).owner(hash).map(RingMember::id);
                Optional<String> to = young.ring(service).owner(hash).map(RingMember::id);
                Optional<String> expected = done ? moved(service, hash).or(() -> from) : from;
                if (!to.equals(expected)) {
                    assertThat(mayMove(young, service, from))
                            .as("whether %s of %s moves from %s to %s", Long.toUnsignedString(hash), service, from, to)
                            .isTrue();
                }
            });
        }
    }

    /** Whether the event is the last report that the pending change awaits, and not too late. */
    private boolean isDone() {
        return event instanceof Reported(String id, NodeState state, long transferId)
                && state == NodeState.NORMAL
                && before.pending()
                        .filter(p -> p.moved().transferId() == transferId
                                && p.awaited().equals(Set.of(id))
                                && nowMillis - p.sinceMillis()
                                        < settings.dropAfter().toMillis())
                        .isPresent();
    }

    /** A crash moves the crashed one's keys, all keys where load is bounded; and nobody owns when the last owner has gone. */
    private boolean mayMove(RingSnapshot young, String service, Optional<String> from) {
        boolean bounded = settings.ring().boundPercent() > 0;
        boolean nobodyOwns = young.ring(service).shares().isEmpty();
        boolean crash = crashed(event, settings)
                .filter(id -> !after.member(id).map(Membership::isOwner).orElse(false))
                .filter(id -> bounded || from.equals(Optional.of(id)))
                .isPresent();
        return crash || nobodyOwns;
    }

    private Optional<String> moved(String service, long hash) {
        return before.pending().orElseThrow().moved().transfers().stream()
                .filter(t -> t.service().equals(service) && contains(t.range(), hash))
                .map(Transfer::to)
                .findFirst();
    }

    private boolean contains(HashRange range, long hash) {
        long shift = settings.ring().algorithm() == RingAlgorithm.STATHAT ? 1 : 0;
        long offset = hash + shift - range.start();
        long length = range.end() - range.start();
        return length == 0 || Long.compareUnsigned(circle(offset) - 1, circle(length)) < 0;
    }

    private long circle(long offset) {
        return settings.ring().algorithm() == RingAlgorithm.STATHAT ? offset & 0xffff_ffffL : offset;
    }

    /** Some keys' hashes, and those where transfers begin and end. */
    private LongStream hashes(RingSnapshot ring, String service) {
        LongStream keys =
                IntStream.range(0, KEYS).mapToLong(key -> ring.ring(service).hash(Integer.toString(key)));
        List<Transfer> transfers =
                before.pending().map(p -> p.moved().transfers()).orElse(List.of());
        LongStream ends = transfers.stream()
                .flatMapToLong(t -> LongStream.of(
                        t.range().start(), t.range().end(), t.range().end() + 1))
                .map(this::circle);
        return LongStream.concat(keys, ends);
    }
}
