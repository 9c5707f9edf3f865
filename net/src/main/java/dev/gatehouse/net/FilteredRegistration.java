package dev.gatehouse.net;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;

/** Netty's registration of a channel, with a word of ours in what it submits. On the event loop. */
abstract class FilteredRegistration implements IoRegistration {
    private final IoRegistration registration;

    FilteredRegistration(IoRegistration registration) {
        this.registration = registration;
    }

    @Override
    public long submit(IoOps ops) {
        return registration.submit(ops);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature.
    public final <T> T attachment() {
        return registration.attachment();
    }

    @Override
    public final boolean isValid() {
        return registration.isValid();
    }

    @Override
    public final boolean cancel() {
        return registration.cancel();
    }
}
