package dev.gatehouse.ring.membership;

/** The state machine of memberships: the true one, or one with a fault. */
@FunctionalInterface
interface Machine {
    Memberships after(Memberships state, MembershipEvent event, MembershipSettings settings, long nowMillis);
}
