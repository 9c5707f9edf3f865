package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.snapshot.RingSettings;
import java.time.Duration;

/**
 * The rules of memberships that an operator sets.
 *
 * @param ring how rings are laid
 * @param removeAfter how long a member is down before it is taken off its ring; 10 minutes by default
 * @param dropAfter how long a change waits for the members concerned before it is dropped; 10 minutes by default
 * @param membersMax members of all services together, 1..65536; 1000 by default
 * @param pointsMax points of one service's ring, weights counted, 1..16777216; 4194304 by default, which are about 100 MB
 * @param ringBytesMax how long the body of RING may be, with all members and the transfers of the pending change, 1024..16777216;
 *     16777216 by default, the longest frame. Nodes and changes beyond it are refused, or wait
 */
public record MembershipSettings(
        RingSettings ring, Duration removeAfter, Duration dropAfter, int membersMax, int pointsMax, int ringBytesMax) {
    /** The longest body that RING may have. */
    public static final int RING_BYTES_MAX = 16 << 20;

    /** What PROTOCOLS.md says. */
    public static final MembershipSettings DEFAULT = new MembershipSettings(
            RingSettings.DEFAULT, Duration.ofMinutes(10), Duration.ofMinutes(10), 1000, 1 << 22, RING_BYTES_MAX);

    private static final int MEMBERS_MAX = 1 << 16;
    private static final int RING_BYTES_MIN = 1 << 10;

    public MembershipSettings {
        require(isPositive(removeAfter), "removeAfter", removeAfter, "above 0");
        require(isPositive(dropAfter), "dropAfter", dropAfter, "above 0");
        require(membersMax >= 1 && membersMax <= MEMBERS_MAX, "membersMax", membersMax, "1.." + MEMBERS_MAX);
        require(
                pointsMax >= 1 && pointsMax <= RingSettings.RING_POINTS_MAX,
                "pointsMax",
                pointsMax,
                "1.." + RingSettings.RING_POINTS_MAX);
        require(
                ringBytesMax >= RING_BYTES_MIN && ringBytesMax <= RING_BYTES_MAX,
                "ringBytesMax",
                ringBytesMax,
                RING_BYTES_MIN + ".." + RING_BYTES_MAX);
    }

    /** These settings, for rings that are so long at most. */
    public MembershipSettings withRingBytesMax(int ringBytesMax) {
        return new MembershipSettings(ring, removeAfter, dropAfter, membersMax, pointsMax, ringBytesMax);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
