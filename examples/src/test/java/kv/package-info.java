/** Tests of the key-value server, beside the real one where that is installed. */
@NullMarked
package kv;

import org.jspecify.annotations.NullMarked;
