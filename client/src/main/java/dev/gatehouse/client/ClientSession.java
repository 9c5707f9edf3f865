package dev.gatehouse.client;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.protocol.BadPacketException;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.ErrorAck;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.Gonet2Codec;
import dev.gatehouse.protocol.Heartbeat;
import dev.gatehouse.protocol.KeyExchange;
import dev.gatehouse.protocol.KeySeeds;
import dev.gatehouse.protocol.LoginAck;
import dev.gatehouse.protocol.LoginFault;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link GatewayClient}'s session on its connection. Everything runs on the connection's event loop. */
final class ClientSession implements ConnectionHandler {
    private static final int PAYLOAD_BYTES_MAX = Gonet2.INSTANCE.frameBytesMax() - Integer.BYTES - Short.BYTES;

    private final GatewayClient client;
    private final ClientSettings settings;
    private final Inbox inbox;
    private final SendWindow window;
    private final Gonet2Codec codec = Gonet2.INSTANCE.clientSide();

    /** Completes when packets can be sent. */
    final CompletableFuture<Connection> ready = new CompletableFuture<>();

    final CompletableFuture<ClientEnd> ended = new CompletableFuture<>();

    private @Nullable CompletableFuture<Long> login;
    private KeyExchange.@Nullable Offer offer;
    private long heartbeatNanos;
    private int heartbeatId;
    /** What the gateway or the codec said about the end, before it came. */
    private @Nullable ErrorAck error;

    private @Nullable LoginFault fault;
    private @Nullable String broken;

    ClientSession(GatewayClient client, ClientSettings settings, Inbox inbox, SendWindow window) {
        this.client = client;
        this.settings = settings;
        this.inbox = inbox;
        this.window = window;
    }

    @Override
    public void opened(Connection connection) {
        client.opened(connection);
        heartbeatNanos = connection.nanos();
        if (settings.legacyEncryption()) {
            KeyExchange.Offer made = KeyExchange.offer(new SecureRandom());
            offer = made;
            sendFields(connection, Gonet2.GET_SEED_REQ, made.seeds()::write);
        } else {
            ready.complete(connection);
        }
    }

    @Override
    public void message(Connection connection, ByteBuf frame) {
        try {
            codec.open(frame);
            packet(connection, frame.readShort(), frame);
        } catch (BadPacketException e) {
            broken = "the gateway sent a packet that makes no sense: " + e.getMessage();
            connection.close(CloseReason.MALFORMED_FRAME);
        }
    }

    private void packet(Connection connection, int opcode, ByteBuf payload) {
        switch (opcode) {
            case Gonet2.USER_LOGIN_SUCCEED_ACK -> loggedIn(LoginAck.read(payload));
            case Gonet2.USER_LOGIN_FAILD_ACK -> fault = LoginFault.read(payload);
            case Gonet2.CLIENT_ERROR_ACK -> error = ErrorAck.read(payload);
            case Gonet2.GET_SEED_ACK -> encrypt(connection, KeySeeds.read(payload));
            default -> {
                if (!isOurHeartbeat(opcode, payload)) {
                    deliver(connection, opcode, payload);
                }
            }
        }
    }

    private void loggedIn(LoginAck ack) {
        CompletableFuture<Long> waiting = login;
        if (waiting == null) {
            throw new BadPacketException(EndReason.PROTOCOL_ERROR, "a login ack without a login");
        }
        waiting.complete((long) ack.uid());
    }

    private void encrypt(Connection connection, KeySeeds answer) {
        KeyExchange.Offer made = offer;
        if (made == null) {
            throw new BadPacketException(EndReason.PROTOCOL_ERROR, "an answer to no key exchange");
        }
        offer = null;
        KeyExchange.Ciphers ciphers = made.complete(answer);
        codec.encrypt(ciphers.inbound(), ciphers.outbound());
        ready.complete(connection);
    }

    /** The client's own heartbeats have ids below 0. */
    private static boolean isOurHeartbeat(int opcode, ByteBuf payload) {
        return opcode == Gonet2.HEART_BEAT_ACK
                && payload.readableBytes() >= Integer.BYTES
                && payload.getInt(payload.readerIndex()) < 0;
    }

    private void deliver(Connection connection, int opcode, ByteBuf payload) {
        if (settings.listener().isPresent()) {
            settings.listener().get().packet(client, opcode, payload);
        } else {
            inbox.add(new ReceivedPacket(opcode, ByteBufUtil.getBytes(payload)), connection::pauseReading);
        }
    }

    @Override
    public void writable(Connection connection) {
        window.writable();
        settings.listener().ifPresent(listener -> listener.writable(client));
    }

    @Override
    public void tick(Connection connection, long nanos) {
        long every = settings.heartbeatInterval().toNanos();
        if (every > 0 && nanos - heartbeatNanos >= every && ready.isDone()) {
            heartbeatNanos = nanos;
            heartbeatId = heartbeatId == Integer.MIN_VALUE ? -1 : heartbeatId - 1;
            sendFields(connection, Gonet2.HEART_BEAT_REQ, new Heartbeat(heartbeatId)::write);
        }
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
        end(clientEnd(reason));
    }

    private ClientEnd clientEnd(CloseReason reason) {
        if (fault != null) {
            return ClientEnd.of(reason, fault);
        } else if (error != null) {
            return ClientEnd.of(reason, error);
        }
        return broken != null ? ClientEnd.of(reason, broken) : ClientEnd.of(reason);
    }

    /** Fails what still waits, the end itself last. */
    void end(ClientEnd end) {
        inbox.end();
        window.end();
        SessionEndedException failure = new SessionEndedException(end);
        ready.completeExceptionally(failure);
        if (login != null) {
            login.completeExceptionally(fault == null ? failure : new LoginFailedException(fault));
        }
        ended.complete(end);
    }

    void login(Connection connection, LoginRequest request, CompletableFuture<Long> result) {
        ClientEnd end = ended.getNow(null);
        if (end != null) {
            result.completeExceptionally(new SessionEndedException(end));
        } else if (login != null) {
            result.completeExceptionally(new IllegalStateException("a login was sent before"));
        } else {
            login = result;
            try {
                sendFields(connection, Gonet2.USER_LOGIN_REQ, request::write);
            } catch (IllegalArgumentException e) {
                login = null;
                result.completeExceptionally(e);
            }
        }
    }

    /**
     * Sends the readable bytes of {@code payload}.
     *
     * @return whether there is room for more
     */
    boolean send(Connection connection, int opcode, ByteBuf payload) {
        checkLength(payload.readableBytes());
        ByteBuf out = connection.beginMessage();
        try {
            int start = out.writerIndex();
            codec.begin(out);
            out.writeShort(opcode);
            out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
            codec.seal(out, start);
        } catch (RuntimeException e) {
            connection.cancelMessage();
            throw e;
        }
        return connection.endMessage();
    }

    /** Checked before a packet is begun: one that had to be taken back would leave a hole in the sequence. */
    static void checkLength(int payloadBytes) {
        if (payloadBytes > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "payload: " + payloadBytes + " bytes (expected: 0.." + PAYLOAD_BYTES_MAX + ")");
        }
    }

    private void sendFields(Connection connection, int opcode, Consumer<ByteBuf> fields) {
        ByteBuf payload = Unpooled.buffer();
        fields.accept(payload);
        send(connection, opcode, payload);
    }
}
