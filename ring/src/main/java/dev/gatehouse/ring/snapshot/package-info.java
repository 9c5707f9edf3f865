/**
 * Rings as the coordinator publishes them, and who owns a key in them: PROTOCOLS.md, section 3. Pure and immutable; every method can be
 * called on any thread. Start reading at {@link dev.gatehouse.ring.snapshot.RingSnapshot}.
 */
@NullMarked
package dev.gatehouse.ring.snapshot;

import org.jspecify.annotations.NullMarked;
