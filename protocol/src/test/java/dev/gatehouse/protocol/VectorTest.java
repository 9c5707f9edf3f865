package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The byte vectors of PROTOCOLS.md section 2, without the size, which is the framing's; both sides write and read each. */
class VectorTest {
    private static final String GET_SEED_REQ = "00000001 001e 134e1e3b 5d910d98";
    private static final String GET_SEED_ACK = "001f 6020c248 1fa416bb";
    private static final String HEART_BEAT_REQ = "de0b6392fd0a4e0c44f2";
    private static final String HEART_BEAT_ACK = "ecfb9f5e2382";

    private final Gonet2Codec gateway = Gonet2.INSTANCE.gatewaySide();
    private final Gonet2Codec client = Gonet2.INSTANCE.clientSide();

    @Test
    void clientMatchesTheVector() {
        KeyExchange.Offer offer = KeyExchange.offer(secrets(123456789123L, 987654321987L));
        assertThat(offer.seeds()).isEqualTo(new KeySeeds(323886651, 1569787288));
        assertThat(packet(client, Gonet2.GET_SEED_REQ, offer.seeds()::write)).isEqualTo(compact(GET_SEED_REQ));

        ByteBuf ack = opened(client, GET_SEED_ACK, Gonet2.GET_SEED_ACK);
        KeyExchange.Ciphers ciphers = offer.complete(KeySeeds.read(ack));
        client.encrypt(ciphers.inbound(), ciphers.outbound());

        assertThat(packet(client, Gonet2.HEART_BEAT_REQ, new Heartbeat(42)::write))
                .isEqualTo(HEART_BEAT_REQ);
        ByteBuf answer = opened(client, HEART_BEAT_ACK, Gonet2.HEART_BEAT_ACK);
        assertThat(Heartbeat.read(answer)).isEqualTo(new Heartbeat(42));
    }

    @Test
    void gatewayMatchesTheVector() {
        ByteBuf request = opened(gateway, GET_SEED_REQ, Gonet2.GET_SEED_REQ);
        KeyExchange.Answer answer = KeyExchange.answer(KeySeeds.read(request), secrets(555555555555L, 777777777777L));
        assertThat(answer.ours()).isEqualTo(new KeySeeds(1612759624, 530847419));
        assertThat(packet(gateway, Gonet2.GET_SEED_ACK, answer.ours()::write)).isEqualTo(compact(GET_SEED_ACK));
        gateway.encrypt(answer.inbound(), answer.outbound());

        ByteBuf heartbeat = opened(gateway, HEART_BEAT_REQ, Gonet2.HEART_BEAT_REQ);
        assertThat(Heartbeat.read(heartbeat)).isEqualTo(new Heartbeat(42));
        assertThat(packet(gateway, Gonet2.HEART_BEAT_ACK, new Heartbeat(42)::write))
                .isEqualTo(HEART_BEAT_ACK);
    }

    @Test
    void decryptsInPlaceToThePlainBytesOfTheVector() {
        gateway.open(Hex.buffer(GET_SEED_REQ));
        KeyExchange.Answer answer =
                KeyExchange.answer(new KeySeeds(323886651, 1569787288), secrets(555555555555L, 777777777777L));
        gateway.encrypt(answer.inbound(), answer.outbound());
        ByteBuf frame = Hex.buffer(HEART_BEAT_REQ);

        gateway.open(frame);

        assertThat(Hex.of(frame.readerIndex(0))).isEqualTo("0000000200000000002a");
    }

    private static RandomGenerator secrets(Long... secrets) {
        Iterator<Long> next = List.of(secrets).iterator();
        return next::next;
    }

    private static String packet(PacketCodec codec, int opcode, Consumer<ByteBuf> payload) {
        ByteBuf out = Unpooled.buffer();
        codec.begin(out);
        out.writeShort(opcode);
        payload.accept(out);
        codec.seal(out, 0);
        return Hex.of(out);
    }

    private static ByteBuf opened(PacketCodec codec, String hex, int opcode) {
        ByteBuf frame = Hex.buffer(hex);
        codec.open(frame);
        assertThat(frame.readShort()).isEqualTo((short) opcode);
        return frame;
    }

    private static String compact(String hex) {
        return hex.replace(" ", "");
    }
}
