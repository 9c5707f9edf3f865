/**
 * What a message costs our servers and others, measured in one run. Start reading at {@link dev.gatehouse.bench.Bench}, then {@code
 * TurnsExperiment}.
 */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
