package dev.gatehouse.ring;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** One member after the other. */
final class RoundRobinPlacement implements Placement {
    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public Optional<Member> place(long user, List<Member> members, Predicate<Member> usable) {
        List<Member> candidates = members.stream().filter(usable).toList();
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size())));
    }
}
