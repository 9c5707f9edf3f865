package dev.gatehouse.client;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Client;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.ErrorListener;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.tls.ClientTls;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A client of the gateway, dialect {@code gonet2}: one session, from connect to end. Any thread. Its futures complete on the
 * connection's event loop, so what depends on them must not block there.
 *
 * <pre>{@code
 * try (GatewayClient client = GatewayClient.builder("127.0.0.1:8888").build()) {
 *     client.connect().join();
 *     client.login(LoginRequest.of("player-1")).join();
 *     client.send(1001, new byte[] {0, 0, 0, 42});
 *     Optional<ReceivedPacket> answer = client.receive(Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>Packets go to the {@link PacketListener}, or, without one, to a bounded inbox for {@link #receive()}. When the inbox is
 * full the connection isn't read, and then nothing is seen of the gateway, not even the session's end.
 */
public final class GatewayClient implements AutoCloseable {
    private static final Duration FOREVER = Duration.ofDays(10_000);
    private static final int SEND_BYTES_MIN = 1024;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final InetSocketAddress address;
    private final Client client;
    private final Inbox inbox;
    private final SendWindow window;
    private final ClientSession session;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Connection connection;
    private volatile boolean ending;

    private GatewayClient(Builder builder) {
        address = builder.address;
        inbox = new Inbox(builder.inboxPacketsMax);
        window = new SendWindow(builder.sendBytesMax);
        session = new ClientSession(
                this,
                new ClientSettings(builder.legacyEncryption, builder.heartbeatInterval, builder.listener),
                inbox,
                window);
        client = builder.client(session);
        session.ended.whenComplete((end, none) -> client.close());
    }

    /** Settings for a client of the gateway at {@code HOST:PORT}. */
    public static Builder builder(String address) {
        return new Builder(Address.parse(address));
    }

    /**
     * Connects; once a client.
     *
     * @return completes when packets can be sent (TLS and key exchange are done), or fails with
     *     {@link dev.gatehouse.net.ConnectException} or {@link SessionEndedException}
     * @throws IllegalStateException if it was called before
     */
    public CompletableFuture<GatewayClient> connect() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("connect was called before");
        }
        client.connect(address).whenComplete((open, failure) -> {
            if (failure != null) {
                session.ready.completeExceptionally(failure);
                session.end(ClientEnd.of(CloseReason.TRANSPORT_ERROR, String.valueOf(failure.getMessage())));
            }
        });
        return session.ready.thenApply(ready -> this);
    }

    /** The connection is there; on its event loop, before anything else happens on it. */
    void opened(Connection opened) {
        connection = opened;
        if (ending) {
            opened.close();
        }
    }

    /**
     * Logs in; once a session.
     *
     * @return the user's id, or fails with {@link LoginFailedException}, {@link SessionEndedException} if the session ended
     *     first, {@link IllegalArgumentException} if the request is too large for a packet, or {@link IllegalStateException}
     *     if there was a login before
     * @throws IllegalStateException if the client isn't connected yet
     */
    public CompletableFuture<Long> login(LoginRequest request) {
        Connection on = connection();
        CompletableFuture<Long> userId = new CompletableFuture<>();
        try {
            on.eventLoop().execute(() -> session.login(on, request, userId));
        } catch (RejectedExecutionException e) {
            session.ended.thenAccept(end -> userId.completeExceptionally(new SessionEndedException(end)));
        }
        return userId;
    }

    /**
     * Sends one packet: copies the readable bytes of {@code payload}, whose indices stay. What one thread sends keeps its order.
     * After the end it does nothing.
     *
     * <p>On any thread but event loops it waits while the connection has no room and {@link Builder#sendBytesMax} are on their
     * way. On the connection's own event loop, so in a {@link PacketListener}, it never waits: whoever goes on sending there
     * without room fills the memory. Not on the event loop of another connection, which must not wait.
     *
     * @return on the connection's event loop, whether there is room for more; if not, wait for {@link
     *     PacketListener#writable}. On another thread, whether it was sent; if not, the session has ended, or the thread was
     *     interrupted while it waited, and still is
     * @throws IllegalArgumentException if the payload has more than 65529 bytes, or the opcode isn't an s16
     * @throws IllegalStateException if the client isn't connected yet
     */
    public boolean send(int opcode, ByteBuf payload) {
        if (opcode != (short) opcode) {
            throw new IllegalArgumentException("opcode: " + opcode + " (expected: -32768..32767)");
        }
        ClientSession.checkLength(payload.readableBytes());
        Connection on = connection();
        if (on.eventLoop().inEventLoop()) {
            return session.send(on, opcode, payload);
        }
        if (!window.enter(payload.readableBytes())) {
            return false;
        }
        ByteBuf copy = payload.copy();
        try {
            on.eventLoop().execute(() -> sendAndRelease(on, opcode, copy));
            return true;
        } catch (RejectedExecutionException e) {
            window.leave(copy.readableBytes());
            copy.release();
            return false;
        }
    }

    /** Sends one packet; as {@link #send(int, ByteBuf)}. */
    public boolean send(int opcode, byte[] payload) {
        return send(opcode, Unpooled.wrappedBuffer(payload));
    }

    private void sendAndRelease(Connection on, int opcode, ByteBuf copy) {
        boolean room = true;
        try {
            room = session.send(on, opcode, copy);
        } finally {
            window.written(copy.readableBytes(), room);
            copy.release();
        }
    }

    /**
     * Waits for the next packet; for clients without a listener. Not on an event loop; made for virtual threads.
     *
     * @return the packet, or empty when no other will come
     */
    public Optional<ReceivedPacket> receive() throws InterruptedException {
        return receive(FOREVER);
    }

    /** Waits for the next packet, so long at most; empty too when no other will come. As {@link #receive()}. */
    public Optional<ReceivedPacket> receive(Duration timeout) throws InterruptedException {
        return inbox.take(timeout, this::resumeReading);
    }

    private void resumeReading() {
        Connection on = connection;
        if (on != null && !session.ended.isDone()) {
            on.eventLoop().execute(on::resumeReading);
        }
    }

    /** Completes when the session has ended, however it did; never fails. */
    public CompletableFuture<ClientEnd> ended() {
        return session.ended.copy();
    }

    /**
     * Ends the session in order: what was sent goes out first. Doesn't wait.
     *
     * @return {@link #ended()}
     */
    public CompletableFuture<ClientEnd> end() {
        ending = true;
        Connection on = connection;
        if (on != null) {
            on.close();
        } else if (started.compareAndSet(false, true)) {
            session.end(ClientEnd.of(CloseReason.LOCAL));
        }
        return ended();
    }

    /** Ends the session in order and, unless called on its event loop, waits for that, 5 s at most. */
    @Override
    public void close() {
        CompletableFuture<ClientEnd> end = end();
        Connection on = connection;
        if (on == null || !on.eventLoop().inEventLoop()) {
            end.completeOnTimeout(ClientEnd.of(CloseReason.LOCAL), CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    private Connection connection() {
        Connection on = connection;
        if (on == null || !session.ready.isDone()) {
            throw new IllegalStateException("not connected: wait for the future of connect()");
        }
        return on;
    }

    /** Settings of a {@link GatewayClient}. */
    public static final class Builder {
        private final InetSocketAddress address;
        private Optional<PacketListener> listener = Optional.empty();
        private int inboxPacketsMax = 256;
        private int sendBytesMax = 256 << 10;
        private Duration heartbeatInterval = Duration.ofSeconds(15);
        private Duration idleTimeout = Duration.ofSeconds(90);
        private Duration connectTimeout = Duration.ofSeconds(5);
        private boolean legacyEncryption;
        private Optional<ClientTls> tls = Optional.empty();
        private Optional<EventLoops> eventLoops = Optional.empty();

        private Builder(InetSocketAddress address) {
            this.address = address;
        }

        /** Who hears packets; without one, {@link GatewayClient#receive()} gives them. */
        public Builder listener(PacketListener listener) {
            this.listener = Optional.of(listener);
            return this;
        }

        /** How many packets may wait for {@link GatewayClient#receive()} (1 or more, by default 256). */
        public Builder inboxPacketsMax(int inboxPacketsMax) {
            if (inboxPacketsMax < 1) {
                throw new IllegalArgumentException("inboxPacketsMax: " + inboxPacketsMax + " (expected: 1 or more)");
            }
            this.inboxPacketsMax = inboxPacketsMax;
            return this;
        }

        /**
         * How many bytes other threads may have sent that the connection has no room for; a {@link GatewayClient#send} beyond
         * waits (1024 or more, by default 256 KiB).
         */
        public Builder sendBytesMax(int sendBytesMax) {
            if (sendBytesMax < SEND_BYTES_MIN) {
                throw new IllegalArgumentException(
                        "sendBytesMax: " + sendBytesMax + " (expected: " + SEND_BYTES_MIN + " or more)");
            }
            this.sendBytesMax = sendBytesMax;
            return this;
        }

        /** How often the client sends a heartbeat; by default 15 s; zero: never. Its own heartbeats have ids below 0. */
        public Builder heartbeatInterval(Duration heartbeatInterval) {
            this.heartbeatInterval = notNegative("heartbeatInterval", heartbeatInterval);
            return this;
        }

        /** How long nothing may come from the gateway while heartbeats are sent; by default 90 s; zero: any time. */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = notNegative("idleTimeout", idleTimeout);
            return this;
        }

        /** How long a connect may take; by default 5 s. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        /** Whether the client asks for the legacy encryption of the dialect, which is insecure; by default not. */
        public Builder legacyEncryption(boolean legacyEncryption) {
            this.legacyEncryption = legacyEncryption;
            return this;
        }

        /** TLS that trusts whom the JDK trusts. */
        public Builder tls() {
            return tls(ClientTls.builder().build());
        }

        /**
         * TLS that trusts the certificates of a PEM file, and no others.
         *
         * @throws dev.gatehouse.net.tls.TlsFileException if the file can't be read or holds none
         */
        public Builder tls(Path trust) {
            return tls(ClientTls.builder().trust(trust).build());
        }

        /** TLS with settings of its own: whom it trusts, and the certificate that it shows. */
        public Builder tls(ClientTls tls) {
            this.tls = Optional.of(tls);
            return this;
        }

        /** TLS as the context of Netty's says. */
        public Builder tls(SslContext context) {
            return tls(ClientTls.of(context));
        }

        /** Threads that are shared with others, and that the client doesn't stop. By default it has one of its own. */
        public Builder eventLoops(EventLoops eventLoops) {
            this.eventLoops = Optional.of(eventLoops);
            return this;
        }

        /** A client that isn't connected yet. */
        public GatewayClient build() {
            return new GatewayClient(this);
        }

        private Client client(ClientSession session) {
            Duration idle = heartbeatInterval.isZero() ? Duration.ZERO : idleTimeout;
            Gonet2 dialect = Gonet2.INSTANCE;
            Client.Builder builder = Client.builder(
                            Framing.lengthPrefixed(dialect.lengthFieldBytes(), dialect.frameBytesMax()))
                    .handler(session)
                    // The client's own end says the rest.
                    .errorListener(ErrorListener.logging(error -> error.closeReason()
                            .filter(CloseReason.HANDLER_ERROR::equals)
                            .isPresent()))
                    .connectTimeout(connectTimeout)
                    .options(ConnectionOptions.builder().idleTimeout(idle).build());
            tls.ifPresent(builder::tls);
            eventLoops.ifPresent(builder::eventLoops);
            return builder.build();
        }

        private static Duration notNegative(String name, Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 0 or more)");
            }
            return value;
        }
    }
}
