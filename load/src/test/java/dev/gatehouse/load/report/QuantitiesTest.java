package dev.gatehouse.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 ns",
        "999,999 ns",
        "1234,1.23 \u00b5s",
        "45678,45.7 \u00b5s",
        "999600,1.00 ms",
        "60e9,60 s",
        "5400e9,5400 s"
    })
    void writesTimes(double nanos, String text) {
        assertThat(Quantities.time(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "12.34,12.3", "12345,12.3 k", "1.5e6,1.50 M"})
    void writesCounts(double count, String text) {
        assertThat(Quantities.count(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"100,100 B", "2048,2 KiB", "5767168,5.50 MiB"})
    void writesBytes(double bytes, String text) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(text);
    }
}
