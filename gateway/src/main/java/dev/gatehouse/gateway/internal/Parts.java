package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.Authenticator;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.Inspector;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.protocol.Gonet2Codec;
import dev.gatehouse.ring.Registry;
import java.util.function.Supplier;

/**
 * What a gateway is made of.
 *
 * @param ownsLoops whether the event loops end with the gateway
 * @param codecs gives each session its codec
 */
public record Parts(
        GatewayConfig config,
        Registry registry,
        Authenticator authenticator,
        Inspector inspector,
        EventLoops eventLoops,
        boolean ownsLoops,
        Supplier<Gonet2Codec> codecs) {}
