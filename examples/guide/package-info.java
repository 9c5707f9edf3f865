/** What docs/net.md shows and no other example needs; each is run by a test. */
@NullMarked
package guide;

import org.jspecify.annotations.NullMarked;
