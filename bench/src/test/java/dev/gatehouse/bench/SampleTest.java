package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static Sample of(double... values) {
        return Sample.of(DoubleStream.of(values).boxed().toList());
    }

    @Test
    void medianIsTheMiddle() {
        assertThat(of(3, 1, 2).median()).isEqualTo(2);
        assertThat(of(4, 1, 2, 3).median()).isEqualTo(2.5);
    }

    /** Ranks from the table A.3 of Conover's book, for n = 20 and n = 40: the 6th and the 14th from either end. */
    @Test
    void intervalHasTheRanksOfTheSignTest() {
        Sample twenty =
                Sample.of(DoubleStream.iterate(1, v -> v + 1).limit(20).boxed().toList());
        assertThat(twenty.low()).isEqualTo(6);
        assertThat(twenty.high()).isEqualTo(15);
        Sample forty =
                Sample.of(DoubleStream.iterate(1, v -> v + 1).limit(40).boxed().toList());
        assertThat(forty.low()).isEqualTo(14);
        assertThat(forty.high()).isEqualTo(27);
    }

    @Test
    void intervalOfFewIsTheirRange() {
        assertThat(of(3, 1, 2).text()).isEqualTo("2.00 (1.00 to 3.00)");
    }

    @Test
    void failedTurnsAreLeftOut() {
        assertThat(of(Double.NaN, 5, Double.NaN).median()).isEqualTo(5);
        assertThat(of(Double.NaN).isEmpty()).isTrue();
        assertThat(Sample.of(List.of()).text()).isEqualTo("-");
    }
}
