/** Benchmarks of {@code net}'s parts; here, because these aren't public. */
@NullMarked
package dev.gatehouse.net;

import org.jspecify.annotations.NullMarked;
