package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.snapshot.HashRange;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import dev.gatehouse.ring.snapshot.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All rings that were published and seen in a simulation, and what must hold of them. */
final class History {
    private static final List<String> KEYS =
            IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final TreeMap<RingVersion, RingSnapshot> rings = new TreeMap<>();
    private final Map<String, RingVersion> seen = new HashMap<>();
    private final Map<Long, Object> publishers = new HashMap<>();
    private final List<Long> times = new ArrayList<>();

    /** A coordinator has sent these rings to somebody. */
    void published(Object publisher, RingSnapshot snapshot, long nanos) {
        RingVersion version = snapshot.version();
        assertThat(publishers.computeIfAbsent(version.epoch(), epoch -> publisher))
                .as("who publishes in epoch %d", version.epoch())
                .isSameAs(publisher);
        RingSnapshot known = rings.get(version);
        if (known == null) {
            assertThat(rings.isEmpty() ? version : rings.lastKey())
                    .as("rings are published in their order")
                    .isLessThanOrEqualTo(version);
            keepsToItsPace(nanos);
            hasOneOwnerOfEachKey(snapshot);
            Optional.ofNullable(rings.lastEntry()).ifPresent(before -> follows(before.getValue(), snapshot));
            rings.put(version, snapshot);
        }
    }

    /** Somebody got these rings. */
    void observed(String observer, RingSnapshot snapshot) {
        RingVersion before = seen.getOrDefault(observer, RingVersion.NONE);
        assertThat(snapshot.version())
                .as("what %s sees after %s", observer, before)
                .isGreaterThanOrEqualTo(before);
        seen.put(observer, snapshot.version());
        RingSnapshot known = rings.get(snapshot.version());
        assertThat(known)
                .as("rings %s, which were published", snapshot.version())
                .isNotNull();
        assertThat(snapshot.members()).as("members in %s", snapshot.version()).isEqualTo(known.members());
        assertThat(snapshot.pending()).isEqualTo(known.pending());
    }

    RingSnapshot latest() {
        return rings.lastEntry().getValue();
    }

    int size() {
        return rings.size();
    }

    /** Keys that changed their owner between two rings, or that have none. */
    static List<String> moved(RingSnapshot before, RingSnapshot after, String service) {
        Ring old = before.ring(service);
        Ring fresh = after.ring(service);
        return KEYS.stream()
                .filter(key -> !owner(old, key).equals(owner(fresh, key)))
                .toList();
    }

    private static Optional<String> owner(Ring ring, String key) {
        return ring.owner(key).map(RingMember::id);
    }

    private void keepsToItsPace(long nanos) {
        times.add(nanos);
        int tenBefore = times.size() - 11;
        if (tenBefore >= 0) {
            assertThat(nanos - times.get(tenBefore))
                    .as("the time of eleven rings in a row")
                    .isGreaterThanOrEqualTo(SECOND_NANOS);
        }
    }

    private static void hasOneOwnerOfEachKey(RingSnapshot snapshot) {
        for (String service : snapshot.services()) {
            Ring ring = snapshot.ring(service);
            boolean owned = snapshot.members().stream()
                    .anyMatch(member -> member.service().equals(service) && member.standing() == Standing.OWNER);
            for (String key : KEYS) {
                Optional<RingMember> owner = ring.owner(key);
                assertThat(owner.isPresent())
                        .as("%s has an owner in %s", key, snapshot.version())
                        .isEqualTo(owned);
                owner.ifPresent(member -> assertThat(member.standing()).isEqualTo(Standing.OWNER));
            }
        }
    }

    private static void follows(RingSnapshot before, RingSnapshot after) {
        Set<String> services = new TreeSet<>(before.services());
        services.addAll(after.services());
        for (String service : services) {
            List<String> moved = moved(before, after, service);
            movesOnlyToOrFromWhatChanged(before, after, service, moved);
            if (after.version().equals(before.version().next())) {
                movesAsAnnounced(before, after, service, moved);
            }
        }
    }

    private static void movesOnlyToOrFromWhatChanged(
            RingSnapshot before, RingSnapshot after, String service, List<String> moved) {
        Set<String> changed = changed(before, after);
        for (String key : moved) {
            assertThat(changed)
                    .as(
                            "%s moves from %s to %s in %s, because one of these changed that it falls to",
                            key, owner(before.ring(service), key), owner(after.ring(service), key), after.version())
                    .anyMatch(id -> fallsTo(id, before, service, key) || fallsTo(id, after, service, key));
        }
    }

    /** Whether the member owns the key, or would if it weren't covered by others. */
    private static boolean fallsTo(String id, RingSnapshot rings, String service, String key) {
        List<RingMember> members = rings.members().stream()
                .map(member -> member.id().equals(id) && member.standing() == Standing.COVERED
                        ? member.standing(Standing.OWNER)
                        : member)
                .toList();
        RingSnapshot uncovered = RingSnapshot.of(rings.version(), rings.settings(), members, Optional.empty());
        return owner(uncovered.ring(service), key).filter(id::equals).isPresent();
    }

    /** Members that own in one of the two rings only, or with another weight or other backups. */
    private static Set<String> changed(RingSnapshot before, RingSnapshot after) {
        Set<String> ids = new TreeSet<>();
        before.members().forEach(member -> ids.add(member.id()));
        after.members().forEach(member -> ids.add(member.id()));
        return ids.stream()
                .filter(id -> !placed(before, id).equals(placed(after, id)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Object> placed(RingSnapshot rings, String id) {
        return rings.member(id)
                .map(member -> List.of(
                        member.standing(), member.node().weight(), member.node().backups()));
    }

    /** Where the next ring takes owners on or lets them go, without a crash, it moves what its transfers said. */
    private static void movesAsAnnounced(RingSnapshot before, RingSnapshot after, String service, List<String> moved) {
        boolean crash = after.members().stream()
                .anyMatch(member -> member.standing() == Standing.COVERED
                        && before.member(member.id())
                                .filter(old -> old.standing() == Standing.COVERED)
                                .isEmpty());
        if (crash || moved.isEmpty()) {
            return;
        }
        List<Transfer> transfers = before.pending()
                .map(pending -> pending.transfers().stream()
                        .filter(transfer -> transfer.service().equals(service))
                        .toList())
                .orElse(List.of());
        for (String key : KEYS) {
            Optional<String> announced = transfers.stream()
                    .filter(transfer ->
                            holds(transfer.range(), before.ring(service).hash(key)))
                    .findFirst()
                    .map(Transfer::to)
                    .or(() -> owner(before.ring(service), key));
            if (owner(after.ring(service), key).isEmpty()) {
                // Its last owner has left: that moves nothing to anybody.
                continue;
            }
            assertThat(owner(after.ring(service), key))
                    .as("%s in %s, as its transfers said", key, after.version())
                    .isEqualTo(announced);
        }
    }

    /** (start, end], over the top. */
    private static boolean holds(HashRange range, long hash) {
        return range.start() == range.end()
                || Long.compareUnsigned(hash - range.start() - 1, range.end() - range.start()) < 0;
    }
}
