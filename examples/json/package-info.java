/** JSON request and reply. */
@NullMarked
package json;

import org.jspecify.annotations.NullMarked;
