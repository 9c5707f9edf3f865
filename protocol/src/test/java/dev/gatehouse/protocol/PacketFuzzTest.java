package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;

/** Whatever comes as a packet, it is opened or refused with {@link BadPacketException}; and what one side sealed the other opens. */
class PacketFuzzTest {
    private static final int OPCODE_BYTES = 2;

    @FuzzTest
    void open(byte[] input) {
        for (boolean encrypted : new boolean[] {false, true}) {
            Sides sides = new Sides(encrypted, 1);
            open(sides.gateway, input, 6);
            open(sides.client, input, OPCODE_BYTES);
        }
    }

    private static void open(Gonet2Codec codec, byte[] input, int headerBytes) {
        ByteBuf frame = Unpooled.copiedBuffer(input);
        try {
            codec.open(frame);
            assertThat(input.length).isGreaterThanOrEqualTo(headerBytes);
            assertThat(frame.readableBytes()).isEqualTo(input.length - headerBytes + OPCODE_BYTES);
        } catch (BadPacketException e) {
            assertThat(e.reason()).isIn(EndReason.PROTOCOL_ERROR, EndReason.SEQUENCE_MISMATCH);
        }
    }

    @FuzzTest
    void seal(byte[] input) {
        byte[] packet = Arrays.copyOf(input, Math.max(OPCODE_BYTES, input.length));
        for (boolean encrypted : new boolean[] {false, true}) {
            Sides sides = new Sides(encrypted, Arrays.hashCode(input));
            for (int times = 0; times < 3; times++) {
                assertThat(carried(sides.client, sides.gateway, packet)).isEqualTo(packet);
                assertThat(carried(sides.gateway, sides.client, packet)).isEqualTo(packet);
            }
        }
    }

    private static byte[] carried(Gonet2Codec from, Gonet2Codec to, byte[] packet) {
        ByteBuf out = Unpooled.buffer().writeZero(3);
        from.begin(out);
        out.writeBytes(packet);
        from.seal(out, 3);
        ByteBuf frame = out.skipBytes(3).slice();
        to.open(frame);
        return ByteBufUtil.getBytes(frame);
    }

    /** Both ends of a connection, after a key exchange if encrypted. */
    private static final class Sides {
        final Gonet2Codec gateway = Gonet2.INSTANCE.gatewaySide();
        final Gonet2Codec client = Gonet2.INSTANCE.clientSide();

        Sides(boolean encrypted, long seed) {
            if (encrypted) {
                Random random = new Random(seed);
                KeyExchange.Offer offer = KeyExchange.offer(random);
                KeyExchange.Answer answer = KeyExchange.answer(offer.seeds(), random);
                KeyExchange.Ciphers ciphers = offer.complete(answer.ours());
                gateway.encrypt(answer.inbound(), answer.outbound());
                client.encrypt(ciphers.inbound(), ciphers.outbound());
            }
        }
    }
}
