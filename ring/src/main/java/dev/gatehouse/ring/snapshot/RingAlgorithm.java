package dev.gatehouse.ring.snapshot;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How members and keys fall on the circle. */
public enum RingAlgorithm {
    /** XXH64 of {@code <id>#<i>}, points by weight, ranges (start, end]. */
    XXH64,
    /** As the Go package {@code stathat.com/c/consistent}: CRC-32 of {@code <i><address>:<port>}, 20 points each, ranges [start, end). */
    STATHAT;

    /** Its name in RING and in configurations, such as {@code xxh64}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The algorithm of that name, or empty if there is none. */
    public static Optional<RingAlgorithm> of(String text) {
        return Arrays.stream(values()).filter(a -> a.text().equals(text)).findFirst();
    }
}
