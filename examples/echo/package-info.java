/** The smallest server. */
@NullMarked
package echo;

import org.jspecify.annotations.NullMarked;
