/**
 * Whoever runs the command: what their terminal can do ({@link dev.gatehouse.app.operator.Terminals}), and what they are told to
 * mend ({@link dev.gatehouse.app.operator.OperatorException}).
 */
@NullMarked
package dev.gatehouse.app.operator;

import org.jspecify.annotations.NullMarked;
