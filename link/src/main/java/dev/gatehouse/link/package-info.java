/**
 * The published contracts between the gateway and services, with marshallers that neither make an object a packet nor copy
 * without need. Start reading at {@link dev.gatehouse.link.Gonet2Contract} and {@link dev.gatehouse.link.Frame}, or at {@link
 * dev.gatehouse.link.TrunkContract}, {@link dev.gatehouse.link.BatchWriter} and {@link dev.gatehouse.link.BatchReader}.
 */
@NullMarked
package dev.gatehouse.link;

import org.jspecify.annotations.NullMarked;
