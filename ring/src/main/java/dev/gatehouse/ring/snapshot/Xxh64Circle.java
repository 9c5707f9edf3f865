package dev.gatehouse.ring.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.hashing.ByteAccess;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.List;

/** {@code xxh64}: point i of a member is XXH64, seed 0, of {@code <id>#<i>}; of two members on one point the smaller id has it. */
final class Xxh64Circle implements Circle {
    private static final Hasher64 XXH64 = Hashing.xxh64();
    /** Reads a text of ASCII as its bytes, without a copy. */
    private static final ByteAccess<String> ASCII = (text, at) -> (byte) text.charAt((int) at);

    private static final int DIGITS_MAX = 10;

    private final int points;

    /** With so many points of a member of weight 1. */
    Xxh64Circle(int points) {
        this.points = points;
    }

    @Override
    public long hash(String key) {
        return isAscii(key)
                ? XXH64.hashBytesToLong(key, 0, key.length(), ASCII)
                : XXH64.hashBytesToLong(key.getBytes(UTF_8));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long position(long hash) {
        return hash;
    }

    @Override
    public long hashAt(long position) {
        return position;
    }

    @Override
    public String mark(Node node) {
        return node.id();
    }

    @Override
    public int weight(Node node) {
        return node.weight();
    }

    @Override
    public Points points(List<Seat> seats) {
        int count = Math.toIntExact(
                seats.stream().mapToLong(seat -> (long) points * seat.weight()).sum());
        long[] positions = new long[count];
        int[] members = new int[count];
        int at = 0;
        for (int seat = 0; seat < seats.size(); seat++) {
            byte[] mark = (seats.get(seat).mark() + "#").getBytes(UTF_8);
            byte[] text = new byte[mark.length + DIGITS_MAX];
            System.arraycopy(mark, 0, text, 0, mark.length);
            for (int i = 0; i < points * seats.get(seat).weight(); i++) {
                positions[at] = XXH64.hashBytesToLong(text, 0, writeDecimal(i, text, mark.length));
                members[at++] = seat;
            }
        }
        return Points.sorted(positions, members);
    }

    /** Writes a number that isn't negative, and returns where it ends. */
    private static int writeDecimal(int number, byte[] text, int start) {
        int end = start + 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            end++;
        }
        int rest = number;
        for (int at = end - 1; at >= start; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }
}
