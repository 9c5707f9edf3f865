/**
 * Sessions between clients and services: login, limits, routing, links. Start reading at {@link dev.gatehouse.gateway.Gateway};
 * a packet's way begins in {@code Session.message}.
 */
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
