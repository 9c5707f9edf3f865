/**
 * The gateway's side of services' nodes: a {@link dev.gatehouse.gateway.internal.link.Link} for each node and event loop, and on it an
 * {@link dev.gatehouse.gateway.internal.link.Attachment} for each session. What is common stands in these two; a contract is what
 * extends them: {@code StreamLink} and {@code StreamAttachment} speak gonet2, {@code TrunkLink}, {@code TrunkCall} and {@code
 * TrunkAttachment} the trunk. Start reading at {@link dev.gatehouse.gateway.internal.link.ServiceLinks}; everything runs on the
 * event loop.
 */
@NullMarked
package dev.gatehouse.gateway.internal.link;

import org.jspecify.annotations.NullMarked;
