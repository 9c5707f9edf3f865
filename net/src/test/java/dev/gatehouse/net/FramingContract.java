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
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Framing} must do. A test class of a framing extends it and says what its frames look like. */
public abstract class FramingContract {
    /** The limit that most tests give the framing. */
    protected static final int MAX = 100;

    private static final int ROUNDS = 1_000;

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

    /** The smallest limit that the framing is given. */
    protected int limitMin() {
        return 3;
    }

    /** The largest limit that the framing is given. */
    protected int limitMax() {
        return 0xFE;
    }

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
    protected void cutsFramesAroundAnyLimit() {
        seeded(random -> {
            int max = limit(random);
            int[] legal = sizes(max);
            int least = legal[0];
            int most = legal[legal.length - 1];
            int size = random.nextBoolean()
                    ? legal[random.nextInt(legal.length)]
                    : least + random.nextInt(most - least + 1);
            byte[] payload = payload(random, size);
            Cutter.Outcome outcome = Cutter.outcomeHoweverSplit(framing(max), wire(payload), random);
            assertThat(outcome)
                    .as("limit %s, size %s", max, size)
                    .isEqualTo(new Cutter.Outcome(List.of(ByteBufUtil.hexDump(payload)), Optional.empty()));
        });
    }

    @Test
    protected void refusesWhatIsTooLargeAsSoonAsItIsKnown() {
        refusesTooLarge(MAX);
        seeded(random -> refusesTooLarge(limit(random)));
    }

    private int limit(Random random) {
        return limitMin() + random.nextInt(limitMax() - limitMin() + 1);
    }

    private void refusesTooLarge(int max) {
        byte[] prefix = tooLarge(max);
        Framing framing = framing(max);
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
        seeded(this::cutsRandomOrMutatedInput);
    }

    @Test
    @Tag("long")
    protected void throwsNothingButFramingExceptionsForLong() {
        for (int times = 0; times < 100; times++) {
            seeded(this::cutsRandomOrMutatedInput);
        }
    }

    private void cutsRandomOrMutatedInput(Random random) {
        byte[] input = random.nextBoolean() ? payload(random, random.nextInt(300)) : mutated(random);
        int most = Arrays.stream(sizes(MAX)).max().orElseThrow();
        Cutter.Outcome outcome = Cutter.outcomeHoweverSplit(framing(MAX), input, random);
        assertThat(outcome.payloads()).allMatch(hex -> hex.length() <= 2 * most);
    }

    /** Many rounds, each with a seed of its own, which a failure tells; the property {@code seed} repeats that round alone. */
    private static void seeded(Consumer<Random> round) {
        Long only = Long.getLong("seed");
        Random seeds = new Random();
        for (int count = 0; count < (only == null ? ROUNDS : 1); count++) {
            long seed = only == null ? seeds.nextLong() : only;
            try {
                round.accept(new Random(seed));
            } catch (Throwable t) {
                throw new AssertionError("seed " + seed + " (to repeat it: -Dseed=" + seed + ")", t);
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
        return Cutter.cut(framing(MAX), input, splits);
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
