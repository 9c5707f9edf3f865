/**
 * Who is a member of which ring and how that changes: the heart of the coordinator as a pure function of state, event and time. Start
 * reading at {@link dev.gatehouse.ring.membership.Memberships}.
 */
@NullMarked
package dev.gatehouse.ring.membership;

import org.jspecify.annotations.NullMarked;
