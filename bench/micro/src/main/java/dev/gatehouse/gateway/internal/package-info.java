/** Benchmarks of {@code gateway}'s parts; here, because these aren't public. */
@NullMarked
package dev.gatehouse.gateway.internal;

import org.jspecify.annotations.NullMarked;
