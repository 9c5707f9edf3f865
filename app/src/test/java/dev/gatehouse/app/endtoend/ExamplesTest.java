package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs under {@code examples/} are started in one way. */
final class ExamplesTest {
    @RegisterExtension
    private final Processes processes = new Processes();

    @Test
    void listensWhereItIsTold() {
        String name = "java-service";
        String path = Examples.root()
                .resolve("examples/java-service/GameService.java")
                .toString();
        ChildProcess example = processes.add(Launch.java(name, path)
                .arguments(List.of("--listen", "127.0.0.1:0"))
                .start());
        String port = example.awaitLine("^listening on 127\\.0\\.0\\.1:(\\d+)$").group(1);

        ChildProcess second = processes.add(Launch.java(name, path)
                .arguments(List.of("--listen", "127.0.0.1:" + port))
                .start());

        assertThat(second.awaitExit()).isEqualTo(2);
        assertThat(second.errorText()).contains("can't listen on 127.0.0.1:" + port + ": the port is in use");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            echo         | 127.0.0.1:1 | examples/run echo: 127.0.0.1:1 (expected: nothing, or --listen HOST:PORT)
            java-service | --listen    | examples/run java-service: --listen (expected: nothing, or --listen HOST:PORT)
            nothing      | --listen    | examples/run: nothing (expected: one of the following)
            """)
    void refusesOtherArgumentsWithOneSentence(String name, String argument, String sentence) {
        ChildProcess example = processes.add(Examples.run(name, Map.of(), argument));
        assertThat(example.awaitExit()).isEqualTo(2);
        assertThat(example.errors()).first().isEqualTo(sentence);
    }

    @Test
    void areListed() {
        ChildProcess list = processes.add(Examples.run("--help", Map.of()));
        assertThat(list.awaitExit()).isZero();
        assertThat(list.output()).contains("  echo", "  java-service", "  javascript-service", "  protocol");
    }
}
