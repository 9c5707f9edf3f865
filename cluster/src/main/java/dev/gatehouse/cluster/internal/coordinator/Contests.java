package dev.gatehouse.cluster.internal.coordinator;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Two connections show one id: the older one is pinged, and if it doesn't answer in time the younger one takes its place. On the loop.
 */
final class Contests {
    private final LoopClock clock;
    private final long timeNanos;

    Contests(LoopClock clock, Duration time) {
        this.clock = clock;
        timeNanos = time.toNanos();
    }

    /** How a contest ended. */
    record Outcome(Visit incumbent, Visit challenger, boolean incumbentLives) {}

    /** Those of this connection that its answer has ended. */
    List<Outcome> answered(Visit incumbent) {
        return incumbent
                .contest()
                .filter(contest -> incumbent.heartbeat.answered(contest.ping()))
                .map(contest -> List.of(new Outcome(incumbent, contest.challenger(), true)))
                .orElse(List.of());
    }

    /** Those whose time is over. Where the loop was late meanwhile, the older one is asked once more. */
    List<Outcome> due(Collection<Visit> incumbents) {
        return incumbents.stream().flatMap(visit -> due(visit).stream()).toList();
    }

    private Optional<Outcome> due(Visit incumbent) {
        Optional<Visit.Contest> over =
                incumbent.contest().filter(contest -> clock.reached(contest.askedNanos() + timeNanos));
        if (over.isPresent() && !clock.onTimeSince(over.get().askedNanos())) {
            incumbent.contest(over.get().challenger(), clock.now());
            return Optional.empty();
        }
        return over.map(contest -> new Outcome(incumbent, contest.challenger(), false));
    }

    /** The younger connection has gone. */
    void withdraw(Visit challenger, Collection<Visit> incumbents) {
        if (challenger.stage == Visit.Stage.CONTENDING) {
            incumbents.stream()
                    .filter(visit -> visit.contest()
                            .filter(contest -> contest.challenger() == challenger)
                            .isPresent())
                    .forEach(Visit::endContest);
        }
    }
}
