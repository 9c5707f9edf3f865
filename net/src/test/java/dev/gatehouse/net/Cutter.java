package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Asks a framing for frames as a connection does, and looks at what no framing may do. */
final class Cutter {
    /** What was cut, and what the rest was refused with. */
    record Outcome(List<String> payloads, Optional<CloseReason> refused) {}

    private Cutter() {}

    /**
     * What a framing cuts from an input that comes in pieces that end at {@code splits}, and then EOF.
     *
     * @throws FramingException if it refuses the input
     */
    static List<byte[]> cut(Framing framing, byte[] input, int... splits) {
        List<byte[]> payloads = new ArrayList<>();
        cut(framing, input, payloads, splits);
        return payloads;
    }

    /** As {@link #cut}, to compare with another. */
    static Outcome outcome(Framing framing, byte[] input, int... splits) {
        List<byte[]> payloads = new ArrayList<>();
        Optional<CloseReason> refused = Optional.empty();
        try {
            cut(framing, input, payloads, splits);
        } catch (FramingException e) {
            assertThat(e.reason()).isIn(CloseReason.FRAME_TOO_LARGE, CloseReason.MALFORMED_FRAME);
            refused = Optional.of(e.reason());
        }
        return new Outcome(payloads.stream().map(ByteBufUtil::hexDump).toList(), refused);
    }

    /** Cuts an input whole, byte by byte and in random pieces; all must come to the same. */
    static Outcome outcomeHoweverSplit(Framing framing, byte[] input, Random random) {
        Outcome whole = outcome(framing, input);
        int[] randomly = random.ints(5, 0, input.length + 1).sorted().toArray();
        assertThat(outcome(framing, input, IntStream.range(0, input.length).toArray()))
                .as("byte by byte")
                .isEqualTo(whole);
        assertThat(outcome(framing, input, randomly)).as("in pieces").isEqualTo(whole);
        return whole;
    }

    private static void cut(Framing framing, byte[] input, List<byte[]> payloads, int... splits) {
        ByteBuf in = Unpooled.buffer(Math.max(1, input.length));
        Cut cut = new Cut();
        int fed = 0;
        for (int split : splits) {
            in.writeBytes(input, fed, split - fed);
            fed = split;
            drain(framing, in, cut, payloads);
        }
        in.writeBytes(input, fed, input.length - fed);
        drain(framing, in, cut, payloads);
        cut.atEof();
        if (payloads.isEmpty() || in.isReadable()) {
            drain(framing, in, cut, payloads);
        }
    }

    private static void drain(Framing framing, ByteBuf in, Cut cut, List<byte[]> payloads) {
        while ((in.isReadable() || cut.eof()) && next(framing, in, cut)) {
            int start = in.readerIndex() + cut.before();
            payloads.add(ByteBufUtil.getBytes(in, start, cut.length()));
            int consumed = cut.before() + cut.length() + cut.after();
            assertThat(consumed).isBetween(cut.eof() ? 0 : 1, in.readableBytes());
            in.skipBytes(consumed);
            cut.startFrame();
            if (cut.eof() && !in.isReadable()) {
                return;
            }
        }
    }

    private static boolean next(Framing framing, ByteBuf in, Cut cut) {
        int reader = in.readerIndex();
        int writer = in.writerIndex();
        boolean found = framing.next(in, cut);
        assertThat(in.readerIndex()).isEqualTo(reader);
        assertThat(in.writerIndex()).isEqualTo(writer);
        assertThat(in.refCnt()).isEqualTo(1);
        if (!found) {
            assertThat(cut.needed()).isGreaterThan(in.readableBytes());
        }
        return found;
    }
}
