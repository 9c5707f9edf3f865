/** A master that watches nodes, and nodes that watch their master. Start reading at {@link heartbeat.Heartbeat}. */
@NullMarked
package heartbeat;

import org.jspecify.annotations.NullMarked;
