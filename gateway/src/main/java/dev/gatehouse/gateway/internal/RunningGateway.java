package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.Gateway;

/** A started gateway. */
public abstract class RunningGateway implements Gateway {
    /** Starts one. */
    public static Gateway start(Parts parts) {
        throw new UnsupportedOperationException(parts.config().listen());
    }
}
