/**
 * A key-value server that speaks the Redis protocol, with a framing of its own. Start reading at {@link kv.KeyValueServer}, then
 * {@link kv.KeyValueHandler}.
 */
@NullMarked
package kv;

import org.jspecify.annotations.NullMarked;
