package dev.gatehouse.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import proto.Gonet2.Game;

/** Whatever comes as a frame, we and generated code read the same; and what we write is what generated code reads. */
class FrameFuzzTest {
    @FuzzTest
    void parse(byte[] input) {
        for (int cut : new int[] {0, input.length / 2, Math.min(1, input.length)}) {
            check(input, Gonet2Contract.stream().parseRequest(SplitStream.of(input, cut)));
            check(input, Gonet2Contract.stream().parseRequest(SplitStream.withBuffers(input, cut)));
        }
    }

    private static void check(byte[] input, Frame frame) {
        Game.Frame generated;
        try {
            generated = Game.Frame.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            assertThat(frame.type()).isEqualTo(Frame.INVALID);
            return;
        }
        if (frame.type() == Frame.INVALID && Varints.mayBeEndless(input)) {
            return;
        }
        int type = generated.getTypeValue();
        assertThat(frame.type()).isEqualTo(type < 0 ? Frame.NEGATIVE : type);
        assertThat(frame.length()).isEqualTo(generated.getMessage().size());
        ByteBuf out = Unpooled.buffer(1);
        frame.readTo(out);
        assertThat(ByteBufUtil.getBytes(out)).isEqualTo(generated.getMessage().toByteArray());
    }

    @FuzzTest
    void write(byte[] input) throws IOException {
        OutboundFrame view = new OutboundFrame();
        ByteBuf message = Unpooled.wrappedBuffer(input);
        check(view.message(message), Game.FrameType.Message, input);
        check(view.ping(message), Game.FrameType.Ping, input);
        check(view.ping(message).copy(), Game.FrameType.Ping, input);
    }

    private static void check(OutboundFrame frame, Game.FrameType type, byte[] message) throws IOException {
        byte[] encoded = Gonet2Contract.stream().streamRequest(frame).readAllBytes();
        assertThat(encoded).hasSize(frame.encodedLength());
        Game.Frame generated = Game.Frame.parseFrom(encoded);
        assertThat(generated.getType()).isEqualTo(type);
        assertThat(generated.getMessage().toByteArray()).isEqualTo(message);
    }
}
