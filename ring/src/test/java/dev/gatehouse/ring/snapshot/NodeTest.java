package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTest {
    @ParameterizedTest
    @CsvSource({
        "'', db1, db, host, 1, 1, b, id: ",
        "a b, db1, db, host, 1, 1, b, id: a b",
        "db1, 'tab\t', db, host, 1, 1, b, name: ",
        "db1, db1, d/b, host, 1, 1, b, service: d/b",
        "db1, db1, db, '', 1, 1, b, address: ",
        "db1, db1, db, host, 0, 1, b, port: 0",
        "db1, db1, db, host, 65536, 1, b, port: 65536",
        "db1, db1, db, host, 1, 0, b, weight: 0",
        "db1, db1, db, host, 1, 101, b, weight: 101",
        "db1, db1, db, host, 1, 1, b!, backups: b!"
    })
    void refusesWhatIsOutOfItsRange(
            String id,
            String name,
            String service,
            String address,
            int port,
            int weight,
            String backup,
            String message) {
        assertThatThrownBy(() -> new Node(id, name, service, address, port, weight, List.of(backup)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void refusesMoreThan16Backups() {
        assertThatThrownBy(() -> new Node("db1", "", "db", "host", 1, 1, Collections.nCopies(17, "db2")))
                .hasMessage("backups: 17 ids (expected: at most 16)");
    }

    @Test
    void takesWhatIsInItsRange() {
        Node node = new Node("A.b_c-9", "", "db", "::1", 65_535, 100, Collections.nCopies(16, "db2"));
        assertThat(node.backups()).hasSize(16);
    }

    @Test
    void settingsHaveRangesAndDefaults() {
        assertThat(RingSettings.DEFAULT).isEqualTo(new RingSettings(RingAlgorithm.XXH64, 1024, 0));
        assertThatThrownBy(() -> new RingSettings(RingAlgorithm.XXH64, 0, 0))
                .hasMessage("points: 0 (expected: 1..65536)");
        assertThatThrownBy(() -> new RingSettings(RingAlgorithm.XXH64, 1, 1001))
                .hasMessage("boundPercent: 1001 (expected: 0..1000)");
    }

    @Test
    void numbersAndTextsAreThoseOfTheProtocol() {
        assertThat(RingAlgorithm.of("stathat")).contains(RingAlgorithm.STATHAT);
        assertThat(RingAlgorithm.of("md5")).isEmpty();
        assertThat(RingAlgorithm.XXH64.text()).isEqualTo("xxh64");
        assertThat(NodeState.of(4)).contains(NodeState.EXPORTING);
        assertThat(NodeState.of(7)).isEmpty();
        assertThat(NodeState.of(-1)).isEmpty();
        assertThat(Standing.of(2)).contains(Standing.COVERED);
        assertThat(Standing.of(4)).isEmpty();
        assertThat(HashRange.of("18446744073709551615", "3"))
                .isEqualTo(new HashRange(-1, 3))
                .hasToString("18446744073709551615..3");
    }
}
