/** A chat room. */
@NullMarked
package chat;

import org.jspecify.annotations.NullMarked;
