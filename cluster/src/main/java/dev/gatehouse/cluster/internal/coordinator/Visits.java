package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.internal.message.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All connections that aren't closed: those that have proved themselves, and the others, apart. On the loop. */
final class Visits {
    private final Set<Visit> unverified = new LinkedHashSet<>();
    private final Set<Visit> verified = new LinkedHashSet<>();
    private final Slots slots = new Slots();

    void add(Visit visit) {
        unverified.add(visit);
    }

    /** Gives a connection that has proved itself a slot. */
    void admit(Visit visit) {
        unverified.remove(visit);
        verified.add(visit);
        visit.stage = Visit.Stage.VERIFIED;
        visit.slot = slots.take();
    }

    /** Nothing that it still says is heard. */
    void remove(Visit visit) {
        unverified.remove(visit);
        if (verified.remove(visit)) {
            slots.free(visit.slot);
        }
        visit.stage = Visit.Stage.CLOSED;
    }

    int unverified() {
        return unverified.size();
    }

    int verifiedCount() {
        return verified.size();
    }

    int count(Role role) {
        return (int) verified.stream().filter(visit -> visit.verifiedAs(role)).count();
    }

    /** Those that have proved themselves, as they are now. */
    List<Visit> verified() {
        return List.copyOf(verified);
    }

    List<Visit> all() {
        List<Visit> all = new ArrayList<>(verified);
        all.addAll(unverified);
        return all;
    }

    /** Those that have proved nothing for so long. */
    List<Visit> overdue(LoopClock clock, Duration timeout) {
        return unverified.stream()
                .filter(visit -> overdue(visit, clock, timeout))
                .toList();
    }

    boolean overdue(Visit visit, LoopClock clock, Duration timeout) {
        return visit.stage == Visit.Stage.UNVERIFIED && clock.reached(visit.openedNanos + timeout.toNanos());
    }

    /** The verified connection that has the id of this one; operators share theirs. */
    Optional<Visit> namesake(Visit visit) {
        return visit.participant().role() == Role.OPERATOR
                ? Optional.empty()
                : verified.stream()
                        .filter(other -> !other.verifiedAs(Role.OPERATOR)
                                && other.participant()
                                        .id()
                                        .equals(visit.participant().id()))
                        .findFirst();
    }
}
