package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of users 1 to 1,000,000, as their xxh64 hashes in order: how many are in a range is seen by two searches. All tests look at the same ones.
 */
final class ManyKeys {
    static final int COUNT = 1_000_000;

    /** With the sign turned, so that they are in their unsigned order. */
    private static final long[] HASHES = hashes();

    private ManyKeys() {}

    private static long[] hashes() {
        Ring ring = Ring.of("db", RingSettings.DEFAULT, List.of());
        long[] hashes = new long[COUNT];
        Arrays.setAll(hashes, user -> ring.hash(Integer.toString(user + 1)) ^ Long.MIN_VALUE);
        Arrays.sort(hashes);
        return hashes;
    }

    /** How many are in (start, end], over the top where end isn't above start. */
    static int in(HashRange range) {
        int count = upTo(range.end()) - upTo(range.start());
        return Long.compareUnsigned(range.start(), range.end()) < 0 ? count : COUNT + count;
    }

    /**
     * How many each member has. The owner function is asked for the first and the last key of each arc, which is where it could be wrong; {@link
     * RingRulesTest} asks it for any key.
     */
    static Map<String, Integer> byOwner(Ring ring) {
        Map<String, Integer> counts = new HashMap<>();
        for (Arc arc : ring.arcs()) {
            int keys = in(arc.range());
            if (keys > 0) {
                int first = upTo(arc.range().start());
                check(ring, HASHES[first % COUNT], arc.owner());
                check(ring, HASHES[(first + keys - 1) % COUNT], arc.owner());
                counts.merge(arc.owner(), keys, Integer::sum);
            }
        }
        return counts;
    }

    private static void check(Ring ring, long hash, String owner) {
        Optional<String> actual = ring.owner(hash ^ Long.MIN_VALUE).map(RingMember::id);
        if (!actual.equals(Optional.of(owner))) {
            assertThat(actual)
                    .as("owner of %s", Long.toUnsignedString(hash ^ Long.MIN_VALUE))
                    .contains(owner);
        }
    }

    /** The number of hashes at or below this one. */
    private static int upTo(long hash) {
        int found = Arrays.binarySearch(HASHES, hash ^ Long.MIN_VALUE);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
