package dev.gatehouse.ring.membership;

import java.util.List;
import java.util.SplittableRandom;

/** Who decides what happens next in a history: a seed, or a fuzzer. */
@FunctionalInterface
interface Choice {
    /** From 0 to below this number, which is above 0. */
    int below(int bound);

    /** What a seed makes up. */
    static Choice of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random::nextInt;
    }

    default boolean oneOf(int count) {
        return below(count) == 0;
    }

    default <T> T of(List<T> list) {
        return list.get(below(list.size()));
    }
}
