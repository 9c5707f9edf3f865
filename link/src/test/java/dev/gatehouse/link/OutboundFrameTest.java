package dev.gatehouse.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proto.Gonet2.Game;

class OutboundFrameTest {

    private final MethodDescriptor<Frame, Frame> contract = Gonet2Contract.stream();
    private final OutboundFrame view = new OutboundFrame();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 4090, 4096, 4097, 16383, 16384, 70000})
    void generatedCodeReadsWhatIsWritten(int length) throws IOException {
        for (ByteBuf message : new ByteBuf[] {heap(length), direct(length)}) {
            byte[] bytes = bytes(message);
            assertWrites(view.message(message), 0, bytes);
            assertWrites(view.ping(message), 2, bytes);
            assertWrites(view.kick(), 1, new byte[0]);
            assertThat(message.readableBytes()).isEqualTo(length);

            byte[] packet = bytes(Unpooled.wrappedBuffer(new byte[] {(byte) 0xff, (byte) 0xfe}, bytes));
            assertWrites(view.packet(-2, message), 0, packet);
            message.release();
        }
    }

    @Test
    void writesTheBytesOfTheContract() throws IOException {
        ByteBuf pong = Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 42});

        assertThat(HexFormat.of().formatHex(drain(view.packet(1002, pong)))).isEqualTo("120603ea0000002a");
        assertThat(HexFormat.of().formatHex(drain(view.kick()))).isEqualTo("0801");
        assertThat(HexFormat.of().formatHex(drain(view.ping(pong)))).isEqualTo("080212040000002a");
        assertThat(HexFormat.of().formatHex(drain(view.ping(Unpooled.EMPTY_BUFFER))))
                .isEqualTo("0802");
        assertThat(drain(view.message(Unpooled.EMPTY_BUFFER))).isEmpty();
    }

    @Test
    void copiesOutliveTheirSourceAndEachOther() throws IOException {
        ByteBuf message = direct(5000);
        byte[] bytes = bytes(message);
        InputStream first = contract.streamRequest(view.message(message).copy());
        InputStream second =
                contract.streamRequest(view.ping(message.slice(0, 3)).copy());
        message.setZero(0, 5000);
        message.release();
        drain(view.kick());

        assertThat(Game.Frame.parseFrom(first).getMessage().toByteArray()).isEqualTo(bytes);
        assertThat(Game.Frame.parseFrom(second).getType()).isEqualTo(Game.FrameType.Ping);
    }

    @Test
    void saysWhatItHolds() {
        OutboundFrame copy = view.packet(1001, heap(3)).copy();

        assertThat(copy.type()).isEqualTo(Frame.MESSAGE);
        assertThat(copy.length()).isEqualTo(5);
        assertThat(copy.encodedLength()).isEqualTo(7);
        ByteBuf out = Unpooled.buffer();
        copy.readTo(out);
        assertThat(out.readShort()).isEqualTo((short) 1001);
        assertThat(out).isEqualTo(heap(3));
        assertThat(copy.copy()).isSameAs(copy);
        assertThatThrownBy(copy::kick).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsSingleBytesToo() throws IOException {
        InputStream stream = contract.streamRequest(view.ping(heap(3)));
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int next = stream.read(); next >= 0; next = stream.read()) {
            read.write(next);
        }
        assertThat(read.toByteArray()).isEqualTo(drain(view.ping(heap(3))));
    }

    @Test
    void refusesToSendAFrameThatArrived() {
        Frame arrived = contract.parseRequest(SplitStream.of(new byte[0]));

        assertThatThrownBy(() -> contract.streamRequest(arrived))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame: one that arrived (expected: an OutboundFrame)");
    }

    @Test
    void refusesBoundsBelowOne() {
        assertThatThrownBy(() -> Gonet2Contract.stream(0)).hasMessageStartingWith("messageBytesMax: 0 (expected: 1..");
    }

    private void assertWrites(OutboundFrame frame, int type, byte[] message) throws IOException {
        for (byte[] encoded : new byte[][] {drain(frame), drain(frame.copy())}) {
            Game.Frame oracle = Game.Frame.parseFrom(encoded);
            assertThat(oracle.getTypeValue()).isEqualTo(type);
            assertThat(oracle.getMessage().toByteArray()).isEqualTo(message);
            assertThat(encoded).isEqualTo(oracle.toByteArray());
        }
    }

    private byte[] drain(OutboundFrame frame) throws IOException {
        try (InputStream stream = contract.streamResponse(frame)) {
            assertThat(stream).isInstanceOf(KnownLength.class);
            assertThat(stream.available()).isEqualTo(frame.encodedLength());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(((Drainable) stream).drainTo(out)).isEqualTo(frame.encodedLength());
            assertThat(stream.available()).isZero();
            return out.toByteArray();
        }
    }

    private static ByteBuf heap(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return Unpooled.buffer().writeByte(9).writeBytes(bytes).skipBytes(1);
    }

    private static ByteBuf direct(int length) {
        ByteBuf heap = heap(length);
        return Unpooled.directBuffer(length + 1).writeBytes(heap);
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }
}
