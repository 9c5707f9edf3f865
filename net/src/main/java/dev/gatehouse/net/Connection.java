package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One transport connection. What is sent gathers in one outgoing buffer and is flushed once a turn of the event loop.
 *
 * <p>Unless a method says "any thread", it is called on the connection's event loop.
 */
public interface Connection {
    /** A number that no other connection of this process has; log lines start with it. Any thread. */
    long id();

    /** The peer; behind a trusted proxy, whom that named. Any thread. */
    InetSocketAddress remoteAddress();

    /** Our side. Any thread. */
    InetSocketAddress localAddress();

    /**
     * Sends one message: copies the readable bytes of {@code payload} (whose indices stay) into the outgoing buffer. Any
     * thread; off the event loop the bytes are copied at once and sent in a later turn. After the close it does nothing.
     *
     * <p>Who goes on sending although there is no room meets the limit of the queue, and the {@link QueuePolicy}.
     *
     * @return whether there is room for more; if not, wait for {@link ConnectionHandler#writable}
     * @throws IllegalArgumentException if the framing can't carry the payload (on the event loop only; off it, that ends the
     *     connection)
     * @throws QueueFullException if the queue is full and the policy says so, or if a wait for room is interrupted
     */
    boolean send(ByteBuf payload);

    /** Sends one message; as {@link #send(ByteBuf)}. Any thread. */
    boolean send(byte[] payload);

    /**
     * Sends one message. Any thread.
     *
     * @return completes on the event loop when the transport has taken all bytes (the peer may not have them yet); exceptionally with
     *     {@link NotSentException} if the connection ends before, {@link QueueFullException} if the queue is full, {@link
     *     IllegalArgumentException} if the framing can't carry the payload
     */
    CompletableFuture<Void> sendAsync(byte[] payload);

    /**
     * Starts a message in the outgoing buffer and returns that buffer, to which the caller appends the payload; then
     * {@link #endMessage}. Nothing else may be called on the connection in between.
     */
    ByteBuf beginMessage();

    /** Ends the message that {@link #beginMessage} started; as {@link #send(ByteBuf)}. */
    boolean endMessage();

    /** Takes back the message that {@link #beginMessage} started, as if it had never been. */
    void cancelMessage();

    /** Whether what is queued stands below the high watermark; if not, wait for {@link ConnectionHandler#writable}. */
    boolean writable();

    /** Stops delivering messages, after the current one, and reading; deadlines for reading rest meanwhile. */
    void pauseReading();

    /** Goes on delivering and reading. */
    void resumeReading();

    /** Whether reading is not paused. */
    boolean reading();

    /** Changes the framing, both ways, from the next frame on. */
    void framing(Framing framing);

    /** Closes in order: what is queued is flushed, the peer gets EOF, and what it still sends is discarded. Any thread. */
    void close();

    /** Closes in order (where the reason allows it) and says why. Any thread. */
    void close(CloseReason reason);

    /** Reports an error and goes on: the error listener hears of it, the connection stays. Any thread. */
    void report(Throwable error);

    /** Hangs an object of the user's own on the connection, in the place of the one before. Any thread. */
    void attach(Object attachment);

    /** The object that {@link #attach} left here, if it is a {@code T}. Any thread. */
    <T> Optional<T> attachment(Class<T> type);

    /** The object that all connections of this server, or client, share, if it is a {@code T}. Any thread. */
    <T> Optional<T> sharedAttachment(Class<T> type);

    /** Whether a close has begun. */
    boolean closing();

    /** Completes when the connection has ended, with the reason; on its event loop. Any thread. */
    CompletableFuture<CloseReason> ended();

    /** The clock of the event loop: nanoseconds, read once a turn. */
    long nanos();

    /** The thread of all callbacks. Any thread. */
    EventLoop eventLoop();

    /** Netty's channel, for whoever needs it. Any thread. */
    Channel channel();
}
