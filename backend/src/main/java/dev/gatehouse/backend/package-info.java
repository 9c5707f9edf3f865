/**
 * The SDK to write a service in Java: a {@link dev.gatehouse.backend.ServiceNode} takes the gateway's links and gives each user's
 * packets to a {@link dev.gatehouse.backend.PacketHandler}, which answers through {@link dev.gatehouse.backend.User}. Start
 * reading at {@link dev.gatehouse.backend.ServiceNode}.
 */
@NullMarked
package dev.gatehouse.backend;

import org.jspecify.annotations.NullMarked;
