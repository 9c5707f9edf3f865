/**
 * The load generator: clients on few threads that send at a pace, check every byte of every answer, and say how long each took. Start
 * reading at {@link dev.gatehouse.load.Load}; inside, a {@link dev.gatehouse.load.LoadLoop} turns.
 */
@NullMarked
package dev.gatehouse.load;

import org.jspecify.annotations.NullMarked;
