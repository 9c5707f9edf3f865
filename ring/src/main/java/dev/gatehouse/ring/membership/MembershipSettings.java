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
 */
public record MembershipSettings(RingSettings ring, Duration removeAfter, Duration dropAfter, int membersMax) {
    /** What PROTOCOLS.md says. */
    public static final MembershipSettings DEFAULT =
            new MembershipSettings(RingSettings.DEFAULT, Duration.ofMinutes(10), Duration.ofMinutes(10), 1000);

    private static final int MEMBERS_MAX = 65_536;

    public MembershipSettings {
        requirePositive("removeAfter", removeAfter);
        requirePositive("dropAfter", dropAfter);
        if (membersMax < 1 || membersMax > MEMBERS_MAX) {
            throw new IllegalArgumentException("membersMax: " + membersMax + " (expected: 1.." + MEMBERS_MAX + ")");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0)");
        }
    }
}
