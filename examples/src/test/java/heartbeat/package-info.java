/** Tests of master and node. */
@NullMarked
package heartbeat;

import org.jspecify.annotations.NullMarked;
