/**
 * The running node: calls come in at {@code LoopMethods} and become a {@code StreamLine} each, contract gonet2, or a {@code TrunkCall} with a
 * {@code TrunkLine} for each user; what a user is, whatever the contract, is {@code Attachment}. Start reading at {@link
 * dev.gatehouse.backend.internal.GrpcNode}.
 */
@NullMarked
package dev.gatehouse.backend.internal;

import org.jspecify.annotations.NullMarked;
