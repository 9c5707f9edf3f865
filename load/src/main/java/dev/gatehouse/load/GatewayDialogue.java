package dev.gatehouse.load;

import dev.gatehouse.protocol.BadPacketException;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.ErrorAck;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.Heartbeat;
import dev.gatehouse.protocol.KeyExchange;
import dev.gatehouse.protocol.KeySeeds;
import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginFault;
import dev.gatehouse.protocol.LoginRequest;
import dev.gatehouse.protocol.Rc4;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session at a gateway, dialect {@code gonet2} (PROTOCOLS.md section 2): the key exchange where it is wanted, the login, then requests
 * of one opcode and answers of another.
 */
final class GatewayDialogue implements Dialogue {
    private static final int SIZE_BYTES = 2;
    private static final int REQUEST_HEADER_BYTES = 6;
    private static final int OPCODE_BYTES = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final GatewayMode mode;
    private final PayloadPattern pattern;
    private final int clientDigits;
    private final String user;
    private int packetSequence;
    private boolean ready;
    private KeyExchange.@Nullable Offer offer;
    private @Nullable Rc4 inbound;
    private @Nullable Rc4 outbound;

    GatewayDialogue(GatewayMode mode, PayloadPattern pattern, int client) {
        this.mode = mode;
        this.pattern = pattern;
        this.clientDigits = PayloadPattern.clientDigits(client);
        this.user = mode.userPrefix() + client;
    }

    @Override
    public void greet(ByteBuffer out) {
        if (mode.legacyEncryption()) {
            offer = KeyExchange.offer(RANDOM);
            packet(out, Gonet2.GET_SEED_REQ, offer.seeds()::write);
        } else {
            login(out);
        }
    }

    private void login(ByteBuffer out) {
        packet(out, Gonet2.USER_LOGIN_REQ, LoginRequest.of(user)::write);
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public int requestBytes() {
        return SIZE_BYTES + REQUEST_HEADER_BYTES + pattern.bytes();
    }

    @Override
    public void request(ByteBuffer out, long firstSequence, int count) {
        for (long sequence = firstSequence; sequence < firstSequence + count; sequence++) {
            int start = begin(out, mode.opcode(), pattern.bytes());
            pattern.write(out.array(), out.arrayOffset() + out.position(), clientDigits, sequence);
            out.position(out.position() + pattern.bytes());
            seal(out, start);
        }
    }

    @Override
    public void keepAlive(ByteBuffer out) {
        packet(out, Gonet2.HEART_BEAT_REQ, new Heartbeat(0)::write);
    }

    private void packet(ByteBuffer out, int opcode, Consumer<ByteBuf> fields) {
        ByteBuf payload = Unpooled.buffer();
        fields.accept(payload);
        int start = begin(out, opcode, payload.readableBytes());
        out.put(payload.array(), payload.arrayOffset(), payload.readableBytes());
        seal(out, start);
    }

    private int begin(ByteBuffer out, int opcode, int payloadBytes) {
        out.putShort((short) (REQUEST_HEADER_BYTES + payloadBytes));
        int start = out.position();
        out.putInt(++packetSequence).putShort((short) opcode);
        return start;
    }

    private void seal(ByteBuffer out, int start) {
        if (outbound != null) {
            outbound.apply(bytes(out, start, out.position() - start), 0, out.position() - start);
        }
    }

    @Override
    public void receive(ByteBuffer in, ByteBuffer out, Listener listener) throws EndException {
        try {
            while (in.remaining() >= SIZE_BYTES) {
                int start = in.position() + SIZE_BYTES;
                int length = Short.toUnsignedInt(in.getShort(in.position()));
                if (in.limit() - start < length) {
                    return;
                }
                frame(in, start, length, out, listener);
                in.position(start + length);
            }
        } catch (BadPacketException e) {
            throw new EndException("a packet that makes no sense: " + e.getMessage(), e);
        }
    }

    private void frame(ByteBuffer in, int start, int length, ByteBuffer out, Listener listener) throws EndException {
        if (length < OPCODE_BYTES) {
            throw new EndException("a packet that is shorter than its header");
        }
        if (inbound != null) {
            inbound.apply(bytes(in, start, length), 0, length);
        }
        int opcode = in.getShort(start);
        if (opcode == mode.answerOpcode() && ready) {
            listener.answer(in.array(), in.arrayOffset() + start + OPCODE_BYTES, length - OPCODE_BYTES);
        } else {
            other(opcode, bytes(in, start + OPCODE_BYTES, length - OPCODE_BYTES), out, listener);
        }
    }

    private void other(int opcode, ByteBuf payload, ByteBuffer out, Listener listener) throws EndException {
        switch (opcode) {
            case Gonet2.GET_SEED_ACK -> encrypt(KeySeeds.read(payload), out);
            case Gonet2.USER_LOGIN_SUCCEED_ACK -> ready = true;
            case Gonet2.USER_LOGIN_FAILD_ACK -> throw new EndException("login failed: " + failure(payload));
            case Gonet2.CLIENT_ERROR_ACK -> throw new EndException("session ended: " + reason(payload));
            case Gonet2.HEART_BEAT_ACK -> {}
            default -> listener.other();
        }
    }

    private void encrypt(KeySeeds answer, ByteBuffer out) throws EndException {
        KeyExchange.Offer made = offer;
        if (made == null) {
            throw new EndException("an answer to no key exchange");
        }
        offer = null;
        KeyExchange.Ciphers ciphers = made.complete(answer);
        inbound = ciphers.inbound();
        outbound = ciphers.outbound();
        login(out);
    }

    /** A view of some bytes of a buffer. */
    private static ByteBuf bytes(ByteBuffer buffer, int start, int length) {
        return Unpooled.wrappedBuffer(buffer.array(), buffer.arrayOffset() + start, length);
    }

    private static String failure(ByteBuf payload) {
        int code = LoginFault.read(payload).code();
        return LoginFailure.ofCode(code).map(Enum::name).orElse("code " + code);
    }

    private static String reason(ByteBuf payload) {
        int code = ErrorAck.read(payload).code();
        return EndReason.ofCode(code).map(Enum::name).orElse("code " + code);
    }
}
