/** What tests of several examples share. */
@NullMarked
package tools;

import org.jspecify.annotations.NullMarked;
