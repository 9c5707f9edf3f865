package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.ring.membership.Change;
import dev.gatehouse.ring.membership.Membership;
import dev.gatehouse.ring.membership.MembershipEvent;
import dev.gatehouse.ring.membership.Memberships;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Tells whoever operates the cluster, in one line each, of changes that don't come about: for want of room, or because nobody reported. On the loop. */
final class ChangeLog {
    private final Consumer<String> log;
    /** The changes that it was told of, and that still wait. */
    private final Set<Change> waiting = new HashSet<>();

    ChangeLog(Consumer<String> log) {
        this.log = log;
    }

    /** An event has made the one of the other. */
    void changed(Memberships before, MembershipEvent event, Memberships after) {
        after.members().stream()
                .filter(member -> !member.asking() && asked(before, member.id()))
                .forEach(
                        member -> log.accept(
                                "node " + member.id()
                                        + " doesn't become an owner: its change waited for too long; it is tried again with the node's next STATE"));
        if (!(event instanceof MembershipEvent.Drained)) {
            before.members().stream()
                    .filter(member -> member.member().draining() && resumed(after, member.id()))
                    .forEach(member -> log.accept(
                            "node " + member.id() + " isn't drained any more: its change waited for too long"));
        }
        waiting.retainAll(after.queue());
        after.withoutRoom().stream().filter(waiting::add).forEach(this::withoutRoom);
    }

    private static boolean asked(Memberships before, String id) {
        return before.member(id).map(Membership::asking).orElse(true);
    }

    private static boolean resumed(Memberships after, String id) {
        return after.member(id).filter(now -> !now.member().draining()).isPresent();
    }

    private void withoutRoom(Change change) {
        log.accept("the " + change.kind().name().toLowerCase(Locale.ROOT) + " of node " + change.id()
                + " waits: RING has no room for its transfers (ring.bytes-max)");
    }
}
