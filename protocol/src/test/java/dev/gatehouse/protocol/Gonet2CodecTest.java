package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Gonet2CodecTest {
    private final Gonet2Codec gateway = Gonet2.INSTANCE.gatewaySide();
    private final Gonet2Codec client = Gonet2.INSTANCE.clientSide();

    @Test
    void acceptsSequenceFromOneByOnes() {
        for (long sequence = 1; sequence <= 300; sequence++) {
            gateway.open(packet(sequence));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 0x01000000L, 0xFFFFFFFFL})
    void rejectsFirstSequenceThatIsNotOne(long sequence) {
        rejects(gateway, packet(sequence), EndReason.SEQUENCE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 4, 0x80000003L})
    void rejectsRepeatedAndSkippedSequence(long sequence) {
        gateway.open(packet(1));
        gateway.open(packet(2));
        rejects(gateway, packet(sequence), EndReason.SEQUENCE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xFFFFFFFFL})
    void acceptsLastSequenceAndNothingAfterIt(long afterwards) {
        Gonet2Codec atTheEnd = Gonet2.gatewaySide(0xFFFFFFFEL);
        atTheEnd.open(packet(0xFFFFFFFFL));
        rejects(atTheEnd, packet(afterwards), EndReason.SEQUENCE_MISMATCH);
    }

    @Test
    void passesTheSignBitOfTheSequence() {
        Gonet2Codec inTheMiddle = Gonet2.gatewaySide(0x7FFFFFFFL);
        inTheMiddle.open(packet(0x80000000L));
        inTheMiddle.open(packet(0x80000001L));
    }

    @Test
    void clientCountsUpToItsLastSequence() {
        Gonet2Codec atTheEnd = Gonet2.clientSide(0xFFFFFFFEL);
        ByteBuf out = Unpooled.buffer();
        atTheEnd.begin(out);
        assertThat(Hex.of(out)).isEqualTo("ffffffff");
        assertThatIllegalStateException().isThrownBy(() -> atTheEnd.begin(out));
        assertThat(out.readableBytes()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L})
    void rejectsStartThatIsNoSequence(long lastSequence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gonet2.gatewaySide(lastSequence))
                .withMessage("lastSequence: " + lastSequence + " (expected: 0..4294967295)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5})
    void gatewayRejectsFrameShorterThanItsHeader(int length) {
        rejects(gateway, packet(1).writerIndex(length), EndReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void clientRejectsFrameShorterThanItsHeader(int length) {
        rejects(client, Unpooled.buffer().writeZero(length), EndReason.PROTOCOL_ERROR);
    }

    @Test
    void opensAtTheOpcode() {
        ByteBuf frame = Hex.buffer("00000001 03e9 0000002a");
        gateway.open(frame);
        assertThat(Hex.of(frame)).isEqualTo("03e90000002a");

        ByteBuf answer = Hex.buffer("03ea 0000002a");
        client.open(answer);
        assertThat(Hex.of(answer)).isEqualTo("03ea0000002a");
    }

    @Test
    void leavesNegativeOpcodeToTheSession() {
        ByteBuf frame = Hex.buffer("00000001 8000");
        gateway.open(frame);
        assertThat(frame.readShort()).isEqualTo(Short.MIN_VALUE);
    }

    @Test
    void sealsThePacketAndNotWhatStandsBeforeIt() {
        client.encrypt(cipher("in"), cipher("out"));
        gateway.encrypt(cipher("out"), cipher("in"));
        ByteBuf out = Unpooled.buffer().writeShort(6);
        client.begin(out);
        out.writeShort(1001);

        client.seal(out, 2);

        assertThat(out.readUnsignedShort()).isEqualTo(6);
        assertThat(Hex.of(out)).isNotEqualTo("0000000103e9");
        gateway.open(out);
        assertThat(Hex.of(out)).isEqualTo("03e9");
    }

    @Test
    void keepsBothDirectionsInStepOverManyPackets() {
        client.encrypt(cipher("down"), cipher("up"));
        gateway.encrypt(cipher("up"), cipher("down"));
        for (int length = 0; length < 200; length++) {
            assertThat(carried(client, gateway, length)).isEqualTo(plain(length));
            assertThat(carried(gateway, client, length)).isEqualTo(plain(length));
        }
    }

    @Test
    void takesWhatDecryptsToNonsenseAsMismatch() {
        gateway.encrypt(cipher("up"), cipher("down"));
        rejects(gateway, packet(1), EndReason.SEQUENCE_MISMATCH);
    }

    @Test
    void refusesToEncryptTwice() {
        assertThat(gateway.encrypted()).isFalse();
        gateway.encrypt(cipher("up"), cipher("down"));
        assertThat(gateway.encrypted()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> gateway.encrypt(cipher("up"), cipher("down")));
    }

    @Test
    void refusesToSealWhatIsNoPacket() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway.seal(Unpooled.buffer().writeZero(3), 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway.seal(Unpooled.buffer().writeZero(3), -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.seal(Unpooled.buffer().writeZero(5), 0));
    }

    private static String carried(PacketCodec from, PacketCodec to, int payloadLength) {
        ByteBuf packet = Unpooled.buffer();
        from.begin(packet);
        packet.writeBytes(Hex.buffer(plain(payloadLength)));
        from.seal(packet, 0);
        to.open(packet);
        return Hex.of(packet);
    }

    private static String plain(int payloadLength) {
        return "03e9" + "5a".repeat(payloadLength);
    }

    private static ByteBuf packet(long sequence) {
        return Unpooled.buffer().writeInt((int) sequence).writeShort(1001);
    }

    private static Rc4 cipher(String key) {
        return new Rc4(key.getBytes(StandardCharsets.US_ASCII));
    }

    private static void rejects(PacketCodec codec, ByteBuf frame, EndReason reason) {
        assertThatExceptionOfType(BadPacketException.class)
                .isThrownBy(() -> codec.open(frame))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
