package dev.gatehouse.gateway;

/**
 * How many packets a client may send: a token bucket.
 *
 * @param packetsPerMinute how fast tokens come, 1 or more
 * @param burst how many tokens the bucket holds, 1 or more
 */
public record RateLimit(int packetsPerMinute, int burst) {
    /** 6000 packets a minute, and 600 at once. */
    public static final RateLimit DEFAULT = new RateLimit(6000, 600);

    public RateLimit {
        Checks.inRange("packetsPerMinute", packetsPerMinute, 1, Integer.MAX_VALUE);
        Checks.inRange("burst", burst, 1, Integer.MAX_VALUE);
    }
}
