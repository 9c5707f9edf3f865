/**
 * Gateway, services and clients as separate processes, killed, stopped and frozen; start reading at {@code StopUnderLoadTest}.
 */
@NullMarked
package dev.gatehouse.app.endtoend;

import org.jspecify.annotations.NullMarked;
