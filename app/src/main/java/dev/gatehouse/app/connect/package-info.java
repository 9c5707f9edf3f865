/**
 * The interactive client. Start reading at {@link dev.gatehouse.app.connect.Shell}, which reads commands; {@link
 * dev.gatehouse.app.connect.Conversation} carries them out.
 */
@NullMarked
package dev.gatehouse.app.connect;

import org.jspecify.annotations.NullMarked;
