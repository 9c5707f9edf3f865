package dev.gatehouse.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.membership.MembershipEvent.Drained;
import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Left;
import dev.gatehouse.ring.membership.MembershipEvent.Lost;
import dev.gatehouse.ring.membership.MembershipEvent.Reported;
import dev.gatehouse.ring.membership.MembershipEvent.Started;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingLength;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import dev.gatehouse.ring.snapshot.Transfer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What PROTOCOLS.md promises of rings and changes, held against every step of a history. An {@link AssertionError} says which promise is broken. */
final class MembershipRules {
    private final MembershipSettings settings;
    private final Map<Long, String> publisherOfEpoch = new HashMap<>();
    private final Map<RingVersion, List<Object>> contents = new HashMap<>();
    private final Map<Long, List<Transfer>> transfers = new HashMap<>();
    private final Map<Long, Long> pendingSince = new HashMap<>();

    MembershipRules(MembershipSettings settings) {
        this.settings = settings;
    }

    /** One step. */
    void check(Memberships before, MembershipEvent event, Memberships after, long nowMillis) {
        try {
            versionGrowsWithWhatIsShown(before, event, after);
            eventIsHeard(before, event, after);
            membersStandAsTheyMay(before, event, after);
            pendingIsTrue(before, after, nowMillis);
            ringIsShortEnough(after);
            nothingWaitsWithoutNeed(after);
            assertThat(after.members()).as("members").hasSizeLessThanOrEqualTo(settings.membersMax());
            new Movement(before, event, after, settings, nowMillis).check();
        } catch (AssertionError e) {
            throw new AssertionError(event + " at " + nowMillis + " made of\n" + before + "\n" + after, e);
        }
    }

    private void versionGrowsWithWhatIsShown(Memberships before, MembershipEvent event, Memberships after) {
        assertThat(after.version()).as("version").isGreaterThanOrEqualTo(before.version());
        assertThat(after.version().version())
                .isGreaterThanOrEqualTo(before.version().version());
        if (event instanceof Started(long epoch)) {
            assertThat(after.version().epoch()).as("epoch").isEqualTo(epoch);
        } else if (content(before).equals(content(after))) {
            assertThat(after.version()).as("version of the same").isEqualTo(before.version());
        } else {
            assertThat(after.version())
                    .as("version of another")
                    .isEqualTo(before.version().next());
        }
    }

    private List<Object> content(Memberships memberships) {
        RingSnapshot ring = memberships.snapshot(settings);
        return List.of(ring.members(), ring.pending());
    }

    private void ringIsShortEnough(Memberships after) {
        long members = after.members().stream()
                .mapToLong(membership -> RingLength.of(membership.member()))
                .sum();
        long transfers = after.pending()
                .map(pending -> RingLength.of(pending.moved().transfers()))
                .orElse(0L);
        assertThat(RingLength.ofHead() + members + transfers)
                .as("how long RING is")
                .isLessThanOrEqualTo(settings.ringBytesMax());
    }

    /** While nothing is pending, RING has no room for what is in the queue. */
    private void nothingWaitsWithoutNeed(Memberships after) {
        Roll roll = new Roll(after.members());
        for (Change change : after.withoutRoom()) {
            assertThat(roll.ringLength() + RingLength.of(roll.transfers(change, settings.ring())))
                    .as("how long RING would be with %s, which waits", change)
                    .isGreaterThan(settings.ringBytesMax());
        }
    }

    /** What the event says shows, unless it is refused. */
    private void eventIsHeard(Memberships before, MembershipEvent event, Memberships after) {
        boolean refused = before.objection(event, settings).isPresent();
        switch (event) {
            case Joined(var node)
            when !refused -> {
                assertThat(after.member(node.id())).map(Membership::announced).contains(node);
                assertThat(after.member(node.id()).map(m -> m.member().state())).contains(NodeState.PREPARING);
            }
            case Drained(var id, var draining)
            when !refused ->
                assertThat(after.member(id).stream())
                        .as("drained")
                        .allMatch(m -> m.member().draining() == draining);
            case Left(var id)
            when !refused && isUp(before, id) ->
                assertThat(after.member(id).stream()).as("left").allMatch(Membership::leaving);
            case Lost(var id) -> {
                assertThat(after.member(id).stream()).as("lost").allMatch(Membership::isDown);
                boolean owned = before.member(id).filter(Membership::isOwner).isPresent();
                assertThat(after.member(id).stream().map(Membership::member))
                        .as("covered")
                        .allMatch(m -> !owned || m.standing() == Standing.COVERED || m.draining());
            }
            case Reported(var id, var state, var transferId)
            when isUp(before, id) ->
                assertThat(after.member(id).stream())
                        .as("reported")
                        .allMatch(m -> m.member().state() == state);
            default -> {}
        }
    }

    private static boolean isUp(Memberships memberships, String id) {
        return memberships.member(id).filter(m -> !m.isDown()).isPresent();
    }

    private void membersStandAsTheyMay(Memberships before, MembershipEvent event, Memberships after) {
        for (Membership membership : after.members()) {
            RingMember member = membership.member();
            assertThat(member.standing() == Standing.OWNER && membership.isDown())
                    .as("%s owns while it is down", member.id())
                    .isFalse();
            boolean wasOwner =
                    before.member(member.id()).filter(Membership::isOwner).isPresent();
            if (wasOwner && member.standing() == Standing.COVERED) {
                assertThat(Movement.crashed(event, settings))
                        .as("who is covered")
                        .contains(member.id());
            }
        }
    }

    /** Its transfers are of the ring as it is, its id is its own, who is awaited can answer, and it doesn't wait forever. */
    private void pendingIsTrue(Memberships before, Memberships after, long nowMillis) {
        assertThat(after.lastTransferId()).isGreaterThanOrEqualTo(before.lastTransferId());
        after.pending().ifPresent(pending -> {
            long id = pending.moved().transferId();
            boolean isNew =
                    before.pending().filter(p -> p.moved().transferId() == id).isEmpty();
            assertThat(id).as("transfer id").isEqualTo(after.lastTransferId());
            assertThat(isNew).as("id is new").isEqualTo(id > before.lastTransferId());
            assertThat(pending.moved().transfers())
                    .as("transfers of %d", id)
                    .isNotEmpty()
                    .isEqualTo(
                            transfers.computeIfAbsent(id, key -> pending.moved().transfers()));
            assertThat(pending.awaited()).as("awaited").isNotEmpty().allMatch(awaited -> isUp(after, awaited));
            if (isNew || after.version().epoch() > before.version().epoch()) {
                pendingSince.put(id, nowMillis);
            }
            assertThat(nowMillis - pendingSince.getOrDefault(id, 0L))
                    .as("how long %d is pending", id)
                    .isLessThan(settings.dropAfter().toMillis());
            for (Transfer transfer : pending.moved().transfers()) {
                assertThat(Movement.owner(after, settings, transfer.service(), Movement.within(transfer, settings)))
                        .as("who owns what %s gives", transfer)
                        .isEqualTo(transfer.from());
            }
        });
    }

    /** Nothing waits but for room; all others that are there and not drained own, those that are drained don't. */
    void settled(Memberships memberships) {
        assertThat(memberships.pending()).as("pending in the end").isEmpty();
        Set<String> waiting = memberships.queue().stream().map(Change::id).collect(Collectors.toSet());
        assertThat(waiting.isEmpty() || settings.ringBytesMax() < MembershipSettings.RING_BYTES_MAX)
                .as("%s waits in the end", waiting)
                .isTrue();
        for (Membership membership : memberships.members()) {
            if (waiting.contains(membership.id())) {
                continue;
            }
            assertThat(membership.isDown())
                    .as("%s is down in the end", membership.id())
                    .isFalse();
            assertThat(membership.member().standing())
                    .as("standing of %s in the end", membership)
                    .isEqualTo(membership.member().draining() ? Standing.OUTSIDE : Standing.OWNER);
            assertThat(membership.member().node()).as("node in the end").isEqualTo(membership.announced());
        }
    }

    /** One coordinator publishes in an epoch, and one content of a version. */
    void published(String coordinator, RingSnapshot ring) {
        assertThat(publisherOfEpoch.computeIfAbsent(ring.version().epoch(), epoch -> coordinator))
                .as("who publishes in epoch %d", ring.version().epoch())
                .isEqualTo(coordinator);
        List<Object> content = List.of(ring.members(), ring.pending());
        assertThat(contents.computeIfAbsent(ring.version(), version -> content))
                .as("what is published as %s", ring.version())
                .isEqualTo(content);
    }

    /** A watcher never goes back. */
    void observed(RingSnapshot before, RingSnapshot after) {
        assertThat(after.version()).as("version for a watcher").isGreaterThan(before.version());
    }
}
