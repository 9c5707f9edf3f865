package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingMember;

/**
 * A member, and what the coordinator keeps of it beyond the ring.
 *
 * @param member as the ring tells of it
 * @param announced how its node presents itself now: where that moves keys (another weight, say), the ring tells the old until the
 *     change is current
 * @param downSinceMillis when it went down, on the coordinator's clock; without meaning while it isn't down
 */
public record Membership(RingMember member, Node announced, long downSinceMillis) {}
