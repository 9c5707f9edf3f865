/**
 * The real command as a process, for tests: start reading at {@link dev.gatehouse.app.process.GatehouseProcess}.
 */
@NullMarked
package dev.gatehouse.app.process;

import org.jspecify.annotations.NullMarked;
