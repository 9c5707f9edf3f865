package dev.gatehouse.ring.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code stathat.com/c/consistent} does, step by step as the Go package does it: a map from hash to member, a sorted list of hashes, and a search for
 * the first that is greater. It shares nothing with {@link StathatCircle}, its CRC-32 neither.
 */
final class GoConsistent {
    private static final int REPLICAS = 20;

    private final Map<Long, String> circle = new HashMap<>();
    private final List<Long> sortedHashes = new ArrayList<>();

    void add(String member) {
        for (int i = 0; i < REPLICAS; i++) {
            circle.put(crc32(i + member), member);
        }
        sortedHashes.clear();
        sortedHashes.addAll(circle.keySet());
        Collections.sort(sortedHashes);
    }

    String get(String name) {
        long key = crc32(name);
        int low = 0;
        int high = sortedHashes.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (sortedHashes.get(middle) > key) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return circle.getOrDefault(sortedHashes.get(low == sortedHashes.size() ? 0 : low), "");
    }

    /** CRC-32 (IEEE 802.3), bit by bit. */
    static long crc32(String text) {
        int crc = ~0;
        for (byte next : text.getBytes(UTF_8)) {
            crc ^= next & 0xff;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0xEDB88320;
            }
        }
        return Integer.toUnsignedLong(~crc);
    }
}
