package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "dev --help",
                "gateway --help",
                "service --help",
                "coordinator --help",
                "nodes --help",
                "ring --help",
                "node --help",
                "connect --help",
                "echo --help",
                "bench --help",
                "help",
                "help connect"
            })
    void hasExamplesAndNoColourInAPipe(String arguments) throws Exception {
        try (GatehouseProcess command = GatehouseProcess.start(arguments.split(" "))) {
            assertThat(command.awaitExit()).isZero();
            assertThat(command.output())
                    .contains("Examples:")
                    .noneMatch(line -> line.contains("\u001B") || line.contains("Optional"));
            assertThat(command.errors()).isEmpty();
        }
    }

    @Test
    void listsWhatCanBeTypedToConnect() throws Exception {
        try (GatehouseProcess command = GatehouseProcess.start("connect", "--help")) {
            assertThat(command.awaitExit()).isZero();
            assertThat(command.output())
                    .anyMatch(line -> line.matches("  send OPCODE \\[TEXT .*\\] +send a packet"))
                    .anyMatch(line -> line.startsWith("  wait OPCODE"));
        }
    }

    @Test
    void writesWhatCompletesItInAShell() throws Exception {
        try (GatehouseProcess command = GatehouseProcess.start("generate-completion")) {
            assertThat(command.awaitExit()).isZero();
            assertThat(command.output())
                    .anyMatch(line -> line.startsWith("complete ") && line.contains(" gatehouse"))
                    .anyMatch(line -> line.contains(
                            "local commands=\"dev gateway service coordinator nodes ring node connect echo "));
        }
    }

    @Test
    void saysTheVersionOnEachLevel() throws Exception {
        for (String arguments : new String[] {"--version", "dev --version"}) {
            try (GatehouseProcess command = GatehouseProcess.start(arguments.split(" "))) {
                assertThat(command.awaitExit()).isZero();
                assertThat(command.output()).singleElement().asString().startsWith("gatehouse ");
            }
        }
    }

    @Test
    void isShownWithoutACommandAsAMistake() throws Exception {
        try (GatehouseProcess command = GatehouseProcess.start()) {
            assertThat(command.awaitExit()).isEqualTo(2);
            assertThat(command.errors()).contains("Commands:");
        }
    }
}
