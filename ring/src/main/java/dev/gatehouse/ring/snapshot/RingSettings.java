package dev.gatehouse.ring.snapshot;

/**
 * How the rings of all services are laid.
 *
 * @param algorithm how members and keys fall on the circle
 * @param points points of a member of weight 1, 1..65536; {@code stathat} has its own 20
 * @param boundPercent how far above its weighted share a member may be, 1..1000 percent of that share; 0 for no bound
 */
public record RingSettings(RingAlgorithm algorithm, int points, int boundPercent) {
    /** {@code xxh64} with 1024 points, not bounded. */
    public static final RingSettings DEFAULT = new RingSettings(RingAlgorithm.XXH64, 1024, 0);

    /** The most points that the ring of one service may have, about 400 MB. */
    public static final int RING_POINTS_MAX = 1 << 24;

    private static final int POINTS_MAX = 65_536;
    private static final int BOUND_PERCENT_MAX = 1000;

    public RingSettings {
        if (points < 1 || points > POINTS_MAX) {
            throw new IllegalArgumentException("points: " + points + " (expected: 1.." + POINTS_MAX + ")");
        }
        if (boundPercent < 0 || boundPercent > BOUND_PERCENT_MAX) {
            throw new IllegalArgumentException(
                    "boundPercent: " + boundPercent + " (expected: 0.." + BOUND_PERCENT_MAX + ")");
        }
    }

    /** How many points a node has, on the ring of its service. */
    public int pointsOf(Node node) {
        return algorithm == RingAlgorithm.STATHAT ? StathatCircle.POINTS : points * node.weight();
    }
}
