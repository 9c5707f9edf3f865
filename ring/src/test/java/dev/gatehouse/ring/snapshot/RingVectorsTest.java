package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of PROTOCOLS.md, section 3. */
class RingVectorsTest {
    private static Ring ring(RingAlgorithm algorithm) {
        List<RingMember> members = Stream.of("db1", "db2", "db3")
                .map(id -> RingMember.owner(Node.of(id, "db", id, 7000)))
                .toList();
        return Ring.of("db", new RingSettings(algorithm, 1024, 0), members);
    }

    @ParameterizedTest
    @CsvSource({
        "1, db2",
        "42, db2",
        "1000, db2",
        "2, db1",
        "9, db1",
        "123456789, db1",
        "7, db3",
        "66, db3",
        "71, db3",
        "104, db2"
    })
    void xxh64OwnsAsTheProtocolSays(String key, String owner) {
        assertThat(ring(RingAlgorithm.XXH64).owner(key)).map(RingMember::id).contains(owner);
    }

    @Test
    void xxh64HashesAsTheProtocolSays() {
        assertThat(ring(RingAlgorithm.XXH64).hash("db1#0")).isEqualTo(0xe2e9135203d78d9aL);
    }

    @ParameterizedTest
    @CsvSource({"user:1, db1", "user:42, db1", "order:9, db1", "gamma, db1", "alpha, db2", "user:2, db3", "beta, db3"})
    void stathatOwnsAsTheProtocolSays(String key, String owner) {
        assertThat(ring(RingAlgorithm.STATHAT).owner(key)).map(RingMember::id).contains(owner);
    }
}
