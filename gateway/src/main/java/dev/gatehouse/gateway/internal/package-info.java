/**
 * The running gateway: sessions, users, routes and links. Everything that belongs to a session runs on its event loop. Start
 * reading at {@link dev.gatehouse.gateway.internal.RunningGateway}; a packet comes in at {@code Session.message} and goes out at
 * {@code Session.push}.
 */
@NullMarked
package dev.gatehouse.gateway.internal;

import org.jspecify.annotations.NullMarked;
