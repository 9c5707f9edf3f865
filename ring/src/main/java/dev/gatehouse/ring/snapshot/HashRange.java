package dev.gatehouse.ring.snapshot;

/**
 * A range of hashes on the circle, from {@code start} upwards to {@code end}, over the top where end isn't above start; the whole circle
 * where they are equal. Which of its two ends belongs to it is the algorithm's: (start, end] for {@code xxh64}, [start, end) for
 * {@code stathat}.
 *
 * @param start unsigned
 * @param end unsigned
 */
public record HashRange(long start, long end) {
    /** From the unsigned decimal texts that RING holds; a {@link NumberFormatException} if one is none. */
    public static HashRange of(String start, String end) {
        return new HashRange(Long.parseUnsignedLong(start), Long.parseUnsignedLong(end));
    }

    /** The start as RING holds it. */
    public String startText() {
        return Long.toUnsignedString(start);
    }

    /** The end as RING holds it. */
    public String endText() {
        return Long.toUnsignedString(end);
    }

    @Override
    public String toString() {
        return startText() + ".." + endText();
    }
}
