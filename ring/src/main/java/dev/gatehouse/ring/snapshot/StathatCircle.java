package dev.gatehouse.ring.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * {@code stathat}, as the Go package {@code stathat.com/c/consistent} has it: point i of a member is CRC-32 of {@code <i><address>:<port>}, and a key belongs
 * to the first point strictly after its own CRC-32. Members are added in the order of these texts, and a later one takes a point
 * that is taken.
 *
 * <p>A hash is the upper half of a position; a key looks from one above its hash, so that it passes over a point of the same.
 */
final class StathatCircle implements Circle {
    /** Points of a member. */
    static final int POINTS = 20;

    @Override
    public long hash(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(UTF_8));
        return crc.getValue();
    }

    @Override
    public long position(long hash) {
        return (hash << Integer.SIZE) + 1;
    }

    @Override
    public long hashAt(long position) {
        return position >>> Integer.SIZE;
    }

    @Override
    public String mark(Node node) {
        return node.address() + ":" + node.port();
    }

    @Override
    public int weight(Node node) {
        return 1;
    }

    @Override
    public Points points(List<Seat> seats) {
        TreeMap<Long, Integer> taken = new TreeMap<>(Long::compareUnsigned);
        IntStream.range(0, seats.size())
                .boxed()
                .sorted(Comparator.comparing(seat -> seats.get(seat).mark()))
                .forEach(seat -> {
                    for (int i = 0; i < POINTS; i++) {
                        taken.put(hash(i + seats.get(seat).mark()) << Integer.SIZE, seat);
                    }
                });
        return new Points(
                taken.keySet().stream().mapToLong(Long::longValue).toArray(),
                taken.values().stream().mapToInt(Integer::intValue).toArray());
    }
}
