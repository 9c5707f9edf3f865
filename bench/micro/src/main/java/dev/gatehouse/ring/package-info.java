/** Benchmarks of {@code ring}'s parts; here, because these aren't public. */
@NullMarked
package dev.gatehouse.ring;

import org.jspecify.annotations.NullMarked;
