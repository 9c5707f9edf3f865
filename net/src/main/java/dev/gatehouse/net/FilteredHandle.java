package dev.gatehouse.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoHandle;

/** Netty's handle of a channel on io_uring, with a word of ours in what it is told. On the event loop. */
@SuppressWarnings("try") // The signature of close() is Netty's.
abstract class FilteredHandle implements IoUringIoHandle {
    private final IoHandle handle;

    FilteredHandle(IoHandle handle) {
        this.handle = handle;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        handle.handle(registration, event);
    }

    @Override
    public final void registered() {
        handle.registered();
    }

    @Override
    public final void unregistered() {
        handle.unregistered();
    }

    @Override
    public final void close() throws Exception {
        handle.close();
    }
}
