package dev.gatehouse.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.MethodDescriptor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proto.Gonet2.Game;

class InboundFrameTest {

    private static final int BOUND = 1 << 20;

    private final MethodDescriptor<Frame, Frame> contract = Gonet2Contract.stream(BOUND);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 4096, 4097, 16383, 16384, 70000, BOUND})
    void readsWhatGeneratedCodeWrites(int length) {
        byte[] message = bytes(length);
        for (int type = 0; type < 5; type++) {
            byte[] encoded = generated(type, message).toByteArray();

            assertReads(new ByteArrayInputStream(encoded), type, message);
            assertReads(SplitStream.of(encoded), type, message);
            assertReads(SplitStream.withBuffers(encoded), type, message);
        }
    }

    @Test
    void readsFramesSplitAtEachByte() {
        byte[] message = bytes(200);
        byte[] encoded = generated(2, message).toByteArray();
        for (int cut = 0; cut <= encoded.length; cut++) {
            assertReads(SplitStream.of(encoded, cut), 2, message);
            assertReads(SplitStream.withBuffers(encoded, cut), 2, message);
        }
    }

    @Test
    void readsLongFramesFromSeveralBuffers() {
        byte[] message = bytes(70000);
        byte[] encoded = generated(0, message).toByteArray();

        assertReads(SplitStream.of(encoded, 1, 3, 4000, 4001, 69999), 0, message);
        assertReads(SplitStream.withBuffers(encoded, 1, 3, 4000, 4001, 69999), 0, message);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, ''",
        "0801, 1, ''",
        "0802, 2, ''",
        "12020001, 0, 0001",
        "0800 12020001, 0, 0001",
        "0802 12020001, 2, 0001",
        "1200, 0, ''",
        "12020001 0802, 2, 0001",
        "1201aa 1201bb, 0, bb",
        "0801 0802 1201aa, 2, aa",
        "1a03ffffff 0801 1201aa, 1, aa",
        "0801 1201aa 3801, 1, aa",
        "1b 0801 1c 1201aa, 0, aa",
        "0d00000001 1201aa, 0, aa",
        "880002 1201aa, 2, aa",
        "0863 1201aa, 99, aa",
        "08ffffffff07, 2147483647, ''",
        "08ffffffffffffffffff01, -2, ''",
        "0880808080f8ffffffff01, -2, ''"
    })
    void readsAnyLegalForm(String encoded, int type, String message) {
        assertReads(SplitStream.of(hex(encoded)), type, hex(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08",
                "12",
                "1202ff",
                "12ffffffff0f",
                "12ffffffff07",
                "00",
                "0c",
                "0f",
                "1b0801",
                "1b0824",
                "08ffffffffffffffffffff01",
                "0801 12",
                "0801 1202aa",
                "0801 1201aa ff",
                "1d000000"
            })
    void marksBytesThatAreNoFrame(String encoded) {
        Frame frame = contract.parseRequest(SplitStream.of(hex(encoded)));

        assertThat(frame.type()).isEqualTo(Frame.INVALID);
        assertThat(frame.length()).isZero();
    }

    @Test
    void marksMessagesOverTheBound() {
        MethodDescriptor<Frame, Frame> narrow = Gonet2Contract.stream(100);

        assertThat(narrow.parseRequest(SplitStream.of(generated(0, bytes(100)).toByteArray()))
                        .type())
                .isEqualTo(Frame.MESSAGE);
        assertThat(narrow.parseRequest(SplitStream.of(generated(0, bytes(101)).toByteArray()))
                        .type())
                .isEqualTo(Frame.INVALID);
        assertThat(narrow.parseRequest(
                                SplitStream.of(generated(0, bytes(100_000)).toByteArray()))
                        .type())
                .isEqualTo(Frame.INVALID);
        assertThat(narrow.parseRequest(new ByteArrayInputStream(bytes(100_000))).type())
                .isEqualTo(Frame.INVALID);
    }

    @Test
    void marksStreamsThatFail() throws IOException {
        InputStream failing = InputStream.nullInputStream();
        failing.close();

        assertThat(contract.parseRequest(failing).type()).isEqualTo(Frame.INVALID);
    }

    @Test
    void refusesToReadTwice() {
        Frame frame = contract.parseRequest(SplitStream.of(hex("1201aa")));
        frame.readTo(Unpooled.buffer());

        assertThatThrownBy(() -> frame.readTo(Unpooled.buffer())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void agreesWithGeneratedCodeOnMutatedFrames() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50_000; round++) {
            byte[] encoded =
                    generated(random.nextInt(4), bytes(random.nextInt(40))).toByteArray();
            for (int change = random.nextInt(4); change >= 0 && encoded.length > 0; change--) {
                encoded[random.nextInt(encoded.length)] = (byte) random.nextInt(256);
            }
            assertAgrees(encoded, seed);
        }
    }

    @Test
    void agreesWithGeneratedCodeOnRandomBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] tags = {0x08, 0x12, 0x1b, 0x1c, 0x0d, 0x09, 0x1a, 0x20, (byte) 0x80, 0x01};
        for (int round = 0; round < 50_000; round++) {
            byte[] encoded = new byte[random.nextInt(12)];
            for (int i = 0; i < encoded.length; i++) {
                encoded[i] = random.nextBoolean() ? tags[random.nextInt(tags.length)] : (byte) random.nextInt(256);
            }
            assertAgrees(encoded, seed);
        }
    }

    private void assertAgrees(byte[] encoded, long seed) {
        Frame frame = contract.parseRequest(SplitStream.of(encoded));
        String what = HexFormat.of().formatHex(encoded) + ", seed " + seed;
        try {
            Game.Frame oracle = Game.Frame.parseFrom(encoded);
            if (frame.type() == Frame.INVALID && Varints.mayBeEndless(encoded)) {
                return;
            }
            int type = oracle.getTypeValue();
            assertThat(frame.type()).as(what).isEqualTo(type < 0 ? Frame.NEGATIVE : type);
            assertThat(read(frame)).as(what).isEqualTo(oracle.getMessage().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            assertThat(frame.type()).as(what).isEqualTo(Frame.INVALID);
        }
    }

    private void assertReads(InputStream encoded, int type, byte[] message) {
        Frame frame = contract.parseRequest(encoded);
        assertThat(frame.type()).isEqualTo(type);
        assertThat(frame.length()).isEqualTo(message.length);
        if (encoded.markSupported()) {
            assertThat(read(frame)).isEqualTo(message);
        } else {
            ByteBuf out = Unpooled.directBuffer();
            frame.readTo(out);
            assertThat(out).isEqualTo(Unpooled.wrappedBuffer(message));
            out.release();
        }
    }

    private static byte[] read(Frame frame) {
        ByteBuf out = Unpooled.buffer(1).writeByte(7);
        frame.readTo(out);
        byte[] read = new byte[out.readableBytes() - 1];
        out.getBytes(1, read);
        return read;
    }

    private static Game.Frame generated(int type, byte[] message) {
        return Game.Frame.newBuilder()
                .setTypeValue(type)
                .setMessage(ByteString.copyFrom(message))
                .build();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
