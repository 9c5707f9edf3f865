package dev.gatehouse.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Lets servers that run side by side take turns in short windows, in another order each turn. */
final class Turns {
    /** Turns that aren't counted: until then, compilers are at work. */
    private static final int WARM_UP = 4;

    /** How many windows long each server works in them: 20 s in all, where a window is half a second. */
    private static final int WARM_UP_WINDOWS = 40;

    private Turns() {}

    /** How many windows there will be. */
    static int windows(Options options, int entrants, int works) {
        return (WARM_UP + options.turns()) * entrants * works;
    }

    static Costs measure(List<Entrant> entrants, List<Work> works, Options options, Progress progress) {
        Costs costs = new Costs();
        List<Entrant> order = new ArrayList<>(entrants);
        Duration warmUp = options.window().multipliedBy(WARM_UP_WINDOWS).dividedBy((long) WARM_UP * works.size());
        for (int turn = -WARM_UP; turn < options.turns(); turn++) {
            Collections.shuffle(order, new Random(turn));
            Duration window = turn < 0 ? warmUp : options.window();
            for (Work work : works) {
                for (Entrant entrant : order) {
                    progress.now(entrant.contestant().id() + ", " + work.label());
                    double cost = entrant.microsAMessage(work, window);
                    progress.step();
                    if (turn >= 0) {
                        costs.add(entrant.contestant().id(), work, cost);
                    }
                }
            }
        }
        return costs;
    }
}
