/**
 * The participants' side of the coordinator's protocol. Start reading at {@link
 * dev.gatehouse.cluster.internal.participant.CoordinatorLink}.
 */
@NullMarked
package dev.gatehouse.cluster.internal.participant;

import org.jspecify.annotations.NullMarked;
