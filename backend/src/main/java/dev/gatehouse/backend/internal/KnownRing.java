package dev.gatehouse.backend.internal;

import dev.gatehouse.link.Open;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BinaryOperator;

/** The newest ring that the node was told of, and who was refused by it. Any thread. */
final class KnownRing {

    private static final Comparator<Version> ORDER =
            Comparator.comparingLong(Version::epoch).thenComparingLong(Version::version);

    private final AtomicReference<Version> newest = new AtomicReference<>(new Version(0, 0));
    private final LongAdder refused = new LongAdder();

    private record Version(long epoch, long version) {}

    /** Knows of this one, too. */
    void learn(long epoch, long version) {
        require("epoch", epoch, 1);
        require("version", version, 0);
        newest.accumulateAndGet(new Version(epoch, version), BinaryOperator.maxBy(ORDER));
    }

    private static void require(String name, long value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " or more)");
        }
    }

    /** Whether a session is refused, and counted, because an older ring has placed it. */
    boolean refuses(Open open) {
        boolean older = open.ringEpoch() > 0
                && ORDER.compare(newest.get(), new Version(open.ringEpoch(), open.ringVersion())) > 0;
        if (older) {
            refused.increment();
        }
        return older;
    }

    /** How many sessions were refused. */
    long refused() {
        return refused.sum();
    }
}
