package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Framing} must do. A test class of a framing extends it and says what its frames look like. */
public abstract class FramingContract {
    /** The limit that most tests give the framing. */
    protected static final int MAX = 100;

    /** A framing whose payloads have at most so many bytes. */
    protected abstract Framing framing(int max);

    /** The bytes of a frame around a payload, made without the framing. */
    protected abstract byte[] wire(byte[] payload);

    /** A payload that the framing can carry, of this size. */
    protected byte[] payload(Random random, int size) {
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        return payload;
    }

    /** The sizes around the limits; every one is legal. */
    protected int[] sizes(int max) {
        return new int[] {0, 1, 2, max - 1, max};
    }

    /** The shortest bytes that show that a payload is larger than {@code max} by one byte. */
    protected abstract byte[] tooLarge(int max);

    /** Whether a frame ends where the connection ends, so that there is one frame only. */
    protected boolean endsAtEof() {
        return false;
    }

    @Test
    protected void cutsTheSameFramesHoweverTheInputIsSplit() {
        Random random = new Random(1);
        for (int size : sizes(MAX)) {
            List<byte[]> payloads = new ArrayList<>();
            payloads.add(payload(random, size));
            if (!endsAtEof()) {
                payloads.add(payload(random, sizes(MAX)[0]));
                payloads.add(payload(random, size));
            }
            byte[] wire = concat(payloads.stream().map(this::wire).toArray(byte[][]::new));
            for (int split = 0; split <= wire.length; split++) {
                assertThat(cut(wire, split))
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(payloads);
            }
            assertThat(cut(wire, IntStream.range(0, wire.length).toArray()))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(payloads);
        }
    }

    @Test
    protected void refusesWhatIsTooLargeAsSoonAsItIsKnown() {
        byte[] prefix = tooLarge(MAX);
        Framing framing = framing(MAX);
        ByteBuf in = Unpooled.wrappedBuffer(prefix);
        Cut cut = new Cut();
        for (int have = 0; have < prefix.length; have++) {
            in.setIndex(0, have);
            assertThat(framing.next(in, cut)).as("%s bytes", have).isFalse();
        }
        in.setIndex(0, prefix.length);
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> framing.next(in, cut))
                .withMessageMatching("frame of \\d+ bytes \\(expected: 0\\.\\.\\d+\\)")
                .extracting(FramingException::reason)
                .isEqualTo(CloseReason.FRAME_TOO_LARGE);
    }

    @Test
    protected void throwsNothingButFramingExceptionsWhateverComes() {
        cutRandomAndMutatedInput(3_000);
    }

    @Test
    @Tag("long")
    protected void throwsNothingButFramingExceptionsForLong() {
        cutRandomAndMutatedInput(300_000);
    }

    private void cutRandomAndMutatedInput(int rounds) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            byte[] input = random.nextBoolean() ? payload(random, random.nextInt(300)) : mutated(random);
            try {
                for (byte[] payload :
                        cut(input, random.ints(5, 0, input.length + 1).sorted().toArray())) {
                    assertThat(payload.length).isLessThanOrEqualTo(sizes(MAX)[sizes(MAX).length - 1]);
                }
            } catch (FramingException e) {
                assertThat(e.reason()).isIn(CloseReason.FRAME_TOO_LARGE, CloseReason.MALFORMED_FRAME);
            } catch (Throwable t) {
                throw new AssertionError("seed " + seed + ", input " + ByteBufUtil.hexDump(input), t);
            }
        }
    }

    private byte[] mutated(Random random) {
        int[] sizes = sizes(MAX);
        byte[][] frames = new byte[1 + random.nextInt(4)][];
        Arrays.setAll(frames, i -> wire(payload(random, sizes[random.nextInt(sizes.length)])));
        byte[] wire = concat(frames);
        for (int i = random.nextInt(4); i > 0 && wire.length > 0; i--) {
            wire[random.nextInt(wire.length)] = (byte) random.nextInt();
        }
        return Arrays.copyOf(wire, wire.length - random.nextInt(1 + Math.min(3, wire.length)));
    }

    @Test
    protected void discardsAnUnterminatedRestAtEof() {
        byte[] whole = payload(new Random(2), sizes(MAX)[1 % sizes(MAX).length]);
        byte[] frame = wire(whole);
        for (int rest = 1; rest < frame.length; rest++) {
            byte[] input = concat(frame, Arrays.copyOf(frame, rest));
            assertThat(cut(input)).usingElementComparator(Arrays::compare).containsExactly(whole);
        }
    }

    @Test
    protected void writesTheFramesThatItReads() {
        Random random = new Random(3);
        Framing framing = framing(MAX);
        for (int size : sizes(MAX)) {
            byte[] payload = payload(random, size);
            ByteBuf out = Unpooled.buffer().writeZero(7);
            int start = out.writerIndex();
            framing.begin(out);
            out.writeBytes(payload);
            framing.end(out, start);
            byte[] wire = ByteBufUtil.getBytes(out, start, out.writerIndex() - start);
            assertThat(wire).isEqualTo(wire(payload));
            assertThat(cut(wire)).usingElementComparator(Arrays::compare).containsExactly(payload);
        }
    }

    @Test
    protected void refusesToWriteWhatIsTooLarge() {
        int[] sizes = sizes(MAX);
        byte[] payload = payload(new Random(4), sizes[sizes.length - 1] + 1);
        ByteBuf out = Unpooled.buffer();
        Framing framing = framing(MAX);
        framing.begin(out);
        out.writeBytes(payload);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> framing.end(out, 0))
                .withMessageMatching("payload: .*bytes.* \\(expected: .*\\)");
    }

    /** What the framing cuts from the input when it comes in pieces that end at {@code splits}, and then EOF. */
    protected final List<byte[]> cut(byte[] input, int... splits) {
        List<byte[]> payloads = new ArrayList<>();
        ByteBuf in = Unpooled.buffer(Math.max(1, input.length));
        Framing framing = framing(MAX);
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
        return payloads;
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

    /** The arrays one after the other. */
    protected static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
