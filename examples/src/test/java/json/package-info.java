/** Tests of the calculator. */
@NullMarked
package json;

import org.jspecify.annotations.NullMarked;
