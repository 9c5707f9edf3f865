package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed wrongly gets one sentence and exit code 2. */
class CommandTest {
    private int code = -1;

    private String said(String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            code = Bench.run(arguments);
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "walk | bench/run: Invalid value for positional parameter at index 0",
                "echo some | bench/run: Invalid value for positional parameter at index 1",
                "echo --turns 0 | bench/run: --turns: 0 (expected: 1 or more)",
                "echo --window 5 | bench/run: --window: 5 (expected: 10 or more)",
                "idle --clients 20000 | bench/run: --clients: 20000 (expected: 1..18000)",
                "style --only jdk,nobody | bench/run: --only: nobody (expected: some of jdk, net-virtual, net)",
                "echo | bench/run: docs/performance.md: no place for this run",
                "echo --fast | bench/run: Unknown option: '--fast'",
            })
    void saysWhatIsWrong(String arguments, String sentence) {
        assertThat(said(arguments.split(" "))).startsWith(sentence).hasLineCount(1);
        assertThat(code).isEqualTo(2);
    }

    @Test
    void helpIsNoMistake() {
        assertThat(said("--help")).isEmpty();
        assertThat(code).isZero();
    }
}
