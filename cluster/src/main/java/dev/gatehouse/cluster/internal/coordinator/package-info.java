/**
 * The coordinator's rules, and its server. Start reading at {@link dev.gatehouse.cluster.internal.coordinator.Coordination}, which knows no
 * sockets and no clock but the one that it is given.
 */
@NullMarked
package dev.gatehouse.cluster.internal.coordinator;

import org.jspecify.annotations.NullMarked;
