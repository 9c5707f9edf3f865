/** Tests of the chat room. */
@NullMarked
package chat;

import org.jspecify.annotations.NullMarked;
