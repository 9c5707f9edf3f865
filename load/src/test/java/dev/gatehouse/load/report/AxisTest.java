package dev.gatehouse.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static List<String> texts(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::text).toList();
    }

    @Test
    void hasRoundTicksFromZero() {
        Axis axis = Axis.linear(4_300, 1, Quantities::count);
        assertThat(texts(axis)).containsExactly("0", "1 k", "2 k", "3 k", "4 k", "5 k");
        assertThat(axis.at(2_500)).isEqualTo(0.5);
    }

    @Test
    void hasATickWhereNothingWasMeasured() {
        assertThat(Axis.linear(0, 1, Quantities::count).ticks()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Axis.logarithmic(1, 0, Quantities::time).ticks()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void givesEachPowerOfTenTheSameWidth() {
        Axis axis = Axis.logarithmic(20_000, 900_000, Quantities::time);
        assertThat(texts(axis)).containsExactly("10 \u00b5s", "100 \u00b5s", "1 ms");
        assertThat(axis.at(100_000)).isCloseTo(0.5, within(1e-9));
        assertThat(axis.at(1)).isZero();
    }

    @Test
    void givesEachNineTheSameWidth() {
        Axis axis = Axis.percentiles(3);
        assertThat(texts(axis)).containsExactly("0 %", "p90", "p99", "p99.9");
        assertThat(axis.at(99)).isCloseTo(2 / 3.0, within(1e-6));
        assertThat(axis.at(100)).isEqualTo(1);
    }
}
