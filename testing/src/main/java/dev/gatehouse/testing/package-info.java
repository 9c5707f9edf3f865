/**
 * What tests of handlers need: a real server around a handler, a peer that sends and expects bytes, and a clock that is moved
 * by hand. Start reading at {@link dev.gatehouse.testing.ServerExtension}.
 */
@NullMarked
package dev.gatehouse.testing;

import org.jspecify.annotations.NullMarked;
