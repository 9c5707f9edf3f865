package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final String BEFORE = """
            4711:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:           100           4000  [B (java.base@25.0.3)
               2:            10            320  dev.gatehouse.net.FramedConnection
            Total           110           4320
            """;
    private static final String AFTER = """
            4711:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:           300          14000  [B (java.base@25.0.3)
               2:           110           3520  dev.gatehouse.net.FramedConnection
               3:           100           1600  [[Ljava.lang.Object; (java.base@25.0.3)
            Total           510          19120
            """;

    private final Histogram grown = Histogram.parse(AFTER).since(Histogram.parse(BEFORE));

    @Test
    void tellsWhatHasCome() {
        assertThat(grown.bytes()).isEqualTo(14_800);
        assertThat(grown.classes().get("`dev.gatehouse.net.FramedConnection`"))
                .isEqualTo(new Histogram.Count(100, 3200));
    }

    @Test
    void tableIsForEachConnection() {
        assertThat(grown.table(100, 2, 20_000)).isEqualTo("""
                        | class | objects a connection | bytes a connection |
                        |---|---|---|
                        | `byte[]` | 2.00 | 100 |
                        | `dev.gatehouse.net.FramedConnection` | 1.00 | 32 |
                        | other classes |  | 16 |
                        | heap in all |  | 148 |
                        | beside the heap: buffers, the transport, the JVM |  | 52 |
                        """);
    }

    @Test
    void arraysAreWrittenAsTheLanguageHasThem() {
        assertThat(grown.classes()).containsKeys("`byte[]`", "`java.lang.Object[][]`");
    }
}
