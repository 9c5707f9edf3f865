/** Benchmarks of {@code protocol}'s parts; here, because these aren't public. */
@NullMarked
package dev.gatehouse.protocol;

import org.jspecify.annotations.NullMarked;
