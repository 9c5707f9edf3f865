package dev.gatehouse.net;

import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ends: settled once, by the first who closes it, and carried out when no callback is under way. What isn't
 * marked "any thread", in {@link Connection} or here, runs on the event loop.
 */
abstract class ClosingConnection extends AddressedConnection {
    private final CompletableFuture<CloseReason> gone = new CompletableFuture<>();
    private final Runnable whenGone;

    private volatile @Nullable CloseReason closeReason;
    private boolean shut;

    /** {@code whenGone} is run when nothing is left of the connection, before {@link #ended()} completes. */
    ClosingConnection(Endpoint endpoint, SocketChannel channel, InetSocketAddress remoteAddress, Runnable whenGone) {
        super(endpoint, channel, remoteAddress);
        this.whenGone = whenGone;
    }

    /** Whether a callback is under way, so that a close has to wait. */
    abstract boolean inCallback();

    /** Wakes the threads that wait for room: there will be none. */
    abstract void wakeSenders();

    /** Closes the channel. */
    abstract void carryOut(CloseReason reason);

    /** Why the connection ends; null while it doesn't. Any thread. */
    @Nullable
    CloseReason closeReason() {
        return closeReason;
    }

    /** Whether the close is being carried out: from then on nothing is delivered or sent. */
    boolean shut() {
        return shut;
    }

    /** Settles why the connection ends. */
    void begin(CloseReason reason, String message, @Nullable Throwable cause) {
        closeReason = reason;
        wakeSenders();
        if (reason.error()) {
            report(Optional.of(reason), message, cause);
        }
    }

    void begin(CloseReason reason) {
        begin(reason, reason.sentence(), null);
    }

    /** Carries out the close, if there is one. */
    void end() {
        CloseReason reason = closeReason;
        if (reason != null) {
            shut = true;
            carryOut(reason);
        }
    }

    /** There is nothing to close any more. */
    void markShut() {
        shut = true;
    }

    @Override
    public void close() {
        close(CloseReason.LOCAL);
    }

    @Override
    public void close(CloseReason reason) {
        if (!loop.eventLoop().inEventLoop()) {
            onLoop(() -> close(reason));
        } else if (closeReason == null) {
            begin(reason);
            if (!inCallback()) {
                end();
            }
        }
    }

    /** Closes at once, without flushing. */
    void abort(CloseReason reason) {
        if (closeReason == null) {
            begin(reason);
        }
        shut = true;
        channel.close();
    }

    @Override
    public boolean closing() {
        return closeReason != null;
    }

    /** Nothing is left of the connection. Its place is free before it is no longer counted: who sees the count fall may connect. */
    void gone() {
        whenGone.run();
        endpoint.gone(this);
        gone.complete(Objects.requireNonNullElse(closeReason, CloseReason.LOCAL));
    }

    @Override
    public CompletableFuture<CloseReason> ended() {
        return gone.copy();
    }
}
