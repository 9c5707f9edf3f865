package dev.gatehouse.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Keeps a channel in epoll while it waits for nothing: its input is paused, or at EOF, and nothing waits to be written.
 *
 * <p>Netty 4.2.18 takes such a channel out of epoll (netty/netty pull request 16689) and fails with ENOENT when it wants to
 * wait again, so that a half-closed peer loses its replies as soon as they fill the socket, and a paused one its messages.
 * Here it stays, with nothing but the edge-triggered flag: then an error or hang-up, which epoll always reports, is reported
 * once and not in every turn.
 */
final class EpollIdleRegistration extends FilteredRegistration {
    /** Netty adds a channel with its first operations, once it is connected. */
    private boolean added;

    private EpollIdleRegistration(IoRegistration registration) {
        super(registration);
    }

    /** Netty's handlers for epoll, whose channels stay. */
    static IoHandlerFactory handlers() {
        return RegisteringHandler.factory(
                EpollIoHandler.newFactory(), (handler, handle) -> new EpollIdleRegistration(handler.register(handle)));
    }

    @Override
    public long submit(IoOps ops) {
        if (!EpollIoOps.NONE.equals(ops)) {
            added = true;
        } else if (added) {
            return super.submit(EpollIoOps.EPOLLET);
        }
        return super.submit(ops);
    }
}
