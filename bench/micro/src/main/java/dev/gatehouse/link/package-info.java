/** Benchmarks of {@code link}'s parts; here, because these aren't public. */
@NullMarked
package dev.gatehouse.link;

import org.jspecify.annotations.NullMarked;
