/** Tests of what docs/net.md shows. */
@NullMarked
package guide;

import org.jspecify.annotations.NullMarked;
