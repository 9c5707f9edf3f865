/**
 * The published contracts between the gateway and services, with marshallers that neither make an object a packet nor copy
 * without need. Start reading at {@link dev.gatehouse.link.Gonet2Contract}, then {@link dev.gatehouse.link.Frame}.
 */
@NullMarked
package dev.gatehouse.link;

import org.jspecify.annotations.NullMarked;
