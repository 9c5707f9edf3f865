/**
 * Messages of a user's own types, on top of the byte handlers of {@link dev.gatehouse.net}. Start reading at
 * {@link dev.gatehouse.net.message.Codec}.
 */
@NullMarked
package dev.gatehouse.net.message;

import org.jspecify.annotations.NullMarked;
