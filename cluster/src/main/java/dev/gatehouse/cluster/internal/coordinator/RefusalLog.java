package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.ErrorCode;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Logs refused connections, so few a second that strangers can't fill a disk by them; all are counted elsewhere. On the loop. */
final class RefusalLog {
    static final int LINES_MAX = 20;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String> log;
    private final LoopClock clock;
    private long secondBegan;
    private int lines;
    private int unlogged;

    RefusalLog(Consumer<String> log, LoopClock clock) {
        this.log = log;
        this.clock = clock;
        secondBegan = clock.now();
    }

    void log(Visit visit, ErrorCode code, String sentence) {
        turn();
        if (lines++ < LINES_MAX) {
            log.accept(visit + " refused: " + code + ": " + sentence);
        } else {
            unlogged++;
        }
    }

    /** Tells of the second that is over, if lines were left out. */
    void turn() {
        if (clock.reached(secondBegan + SECOND)) {
            if (unlogged > 0) {
                log.accept(unlogged + " more refused connections are not logged");
            }
            secondBegan = clock.now();
            lines = 0;
            unlogged = 0;
        }
    }
}
