package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One side's packets of one session in the dialect {@code gonet2} (PROTOCOLS.md section 2). Integers are big-endian; size counts
 * what follows it, and is the framing's: a frame here begins after it.
 *
 * <pre>
 * client to gateway
 *   0        2                4 bytes more     2 more
 *  +--------+----------------+----------------+-----------+
 *  |  size  |      seq       |     opcode     |  payload  |
 *  |  u16   |      u32       |      s16       |           |
 *  +--------+----------------+----------------+-----------+
 *           |  encrypted, once encryption is on           |
 *
 * gateway to client
 *  +--------+----------------+-----------+
 *  |  size  |     opcode     |  payload  |
 *  |  u16   |      s16       |           |
 *  +--------+----------------+-----------+
 *           | encrypted, once on         |
 * </pre>
 *
 * <p>seq is 1 in a connection's first packet and grows by exactly 1. After 0xFFFFFFFF no number is the next one, so it never
 * starts again. An opcode below 0 passes: it is the session's to refuse. Not thread-safe: the session's event loop.
 */
public final class Gonet2Codec implements PacketCodec {
    private static final int SEQUENCE_BYTES = 4;
    private static final int OPCODE_BYTES = 2;
    private static final long SEQUENCE_MAX = 0xFFFF_FFFFL;

    private final Side side;
    /** Received at the gateway, sent at the client; a long, so that counting on past a u32 gives no valid number. */
    private long lastSequence;

    private @Nullable Rc4 inbound;
    private @Nullable Rc4 outbound;

    /** Which end of the connection a codec stands at. */
    enum Side {
        GATEWAY,
        CLIENT
    }

    Gonet2Codec(Side side, long lastSequence) {
        if (lastSequence < 0 || lastSequence > SEQUENCE_MAX) {
            throw new IllegalArgumentException(
                    "lastSequence: " + lastSequence + " (expected: 0.." + SEQUENCE_MAX + ")");
        }
        this.side = side;
        this.lastSequence = lastSequence;
    }

    /** Whether packets are encrypted, which {@link #encrypt} turns on. */
    public boolean encrypted() {
        return inbound != null;
    }

    /**
     * Turns encryption on: every packet that is opened or sealed after this call goes through these ciphers. The gateway calls
     * it after sealing get_seed_ack, the client after opening it.
     *
     * @throws IllegalStateException if encryption is on already
     */
    public void encrypt(Rc4 inbound, Rc4 outbound) {
        if (encrypted()) {
            throw new IllegalStateException("encryption is on already");
        }
        this.inbound = inbound;
        this.outbound = outbound;
    }

    @Override
    public void open(ByteBuf frame) {
        int length = frame.readableBytes();
        int header = inboundHeaderBytes();
        if (length < header) {
            throw new BadPacketException(
                    EndReason.PROTOCOL_ERROR, "frame of " + length + " bytes, shorter than its header of " + header);
        }
        if (inbound != null) {
            inbound.apply(frame, frame.readerIndex(), length);
        }
        if (side == Side.GATEWAY) {
            checkSequence(frame.readUnsignedInt());
        }
    }

    @Override
    public void begin(ByteBuf out) {
        if (side == Side.GATEWAY) {
            return;
        }
        if (lastSequence == SEQUENCE_MAX) {
            throw new IllegalStateException("the session has used its last sequence number");
        }
        lastSequence++;
        out.writeInt((int) lastSequence);
    }

    @Override
    public void seal(ByteBuf out, int start) {
        int length = out.writerIndex() - start;
        if (start < 0 || length < outboundHeaderBytes()) {
            throw new IllegalArgumentException(
                    "start: " + start + " (expected: 0.." + (out.writerIndex() - outboundHeaderBytes()) + ")");
        }
        if (outbound != null) {
            outbound.apply(out, start, length);
        }
    }

    private void checkSequence(long sequence) {
        long expected = lastSequence + 1;
        if (sequence != expected) {
            throw new BadPacketException(
                    EndReason.SEQUENCE_MISMATCH, "sequence " + sequence + " (expected: " + expected + ")");
        }
        lastSequence = sequence;
    }

    private int inboundHeaderBytes() {
        return side == Side.GATEWAY ? SEQUENCE_BYTES + OPCODE_BYTES : OPCODE_BYTES;
    }

    private int outboundHeaderBytes() {
        return side == Side.CLIENT ? SEQUENCE_BYTES + OPCODE_BYTES : OPCODE_BYTES;
    }
}
