package dev.gatehouse.net;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made again when it ends, until it is closed. Waits grow with each failure ({@link Backoff}), and begin
 * anew once a connection has lasted longer than the wait before it. Any thread.
 */
public final class KeptConnection implements AutoCloseable {
    private final Client client;
    private final AddressList addresses;
    private final Backoff backoff;
    private final ConnectionEvents events;
    private final EventLoop home;

    private volatile Optional<Connection> current = Optional.empty();
    private volatile boolean closed;

    // On the home event loop.
    private int failures;
    private long connectedNanos;
    private Duration lastWait = Duration.ZERO;

    KeptConnection(Client client, AddressList addresses, Backoff backoff, ConnectionEvents events, EventLoop home) {
        this.client = client;
        this.addresses = addresses;
        this.backoff = backoff;
        this.events = events;
        this.home = home;
    }

    /** The connection, while there is one. */
    public Optional<Connection> connection() {
        return current;
    }

    /**
     * Sends on the connection that there is.
     *
     * @return whether there was one, with room for more
     */
    public boolean send(byte[] payload) {
        return current.map(connection -> connection.send(payload)).orElse(false);
    }

    /** Closes the connection in order, and makes no other. */
    @Override
    public void close() {
        closed = true;
        current.ifPresent(Connection::close);
    }

    void connect() {
        if (!closed) {
            var unused = client.connect(addresses)
                    .whenComplete((connection, failure) -> run(() -> {
                        if (connection != null) {
                            connected(connection);
                        } else {
                            failed(failure);
                        }
                    }));
        }
    }

    private void connected(Connection connection) {
        current = Optional.of(connection);
        connectedNanos = System.nanoTime();
        if (closed) {
            connection.close();
        }
        var unused = connection.ended().thenAccept(reason -> run(() -> ended(connection, reason)));
        events.connected(connection);
    }

    private void ended(Connection connection, CloseReason reason) {
        current = Optional.empty();
        if (System.nanoTime() - connectedNanos > lastWait.toNanos()) {
            failures = 0;
        }
        Duration wait = connectLater();
        events.disconnected(connection, reason, wait);
    }

    private void failed(@Nullable Throwable failure) {
        if (failure instanceof ConnectException cause && !closed) {
            Duration wait = connectLater();
            events.failed(cause, wait);
        }
    }

    private Duration connectLater() {
        lastWait = backoff.after(++failures, ThreadLocalRandom.current());
        if (!closed) {
            var unused = home.schedule(this::connect, lastWait.toNanos(), TimeUnit.NANOSECONDS);
        }
        return lastWait;
    }

    private void run(Runnable task) {
        try {
            home.execute(task);
        } catch (RejectedExecutionException e) {
            // The client has stopped, and nobody waits for this any more.
            closed = true;
        }
    }
}
