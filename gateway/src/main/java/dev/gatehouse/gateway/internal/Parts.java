package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.Authenticator;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.Inspector;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.ring.Registry;

/**
 * What a gateway is made of.
 *
 * @param ownsLoops whether the event loops end with the gateway
 */
public record Parts(
        GatewayConfig config,
        Registry registry,
        Authenticator authenticator,
        Inspector inspector,
        EventLoops eventLoops,
        boolean ownsLoops) {}
