package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.operator.OperatorException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
    @Test
    void knowsThoseOfEveryCommand() {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_SERVICES_BIG_GAME_NODES_N_1", "localhost:2",
                "GATEHOUSE_ECHO_LISTEN", "localhost:1",
                "GATEHOUSE_TOKEN", "secret",
                "GATEHOUSE_CERTIFICATE", "secret",
                "GATEHOUSE_JAVA_OPTS", "-Xmx1g",
                "GATEHOUSE_NOTHING", "",
                "HOME", "of somebody");
        assertThatCode(() -> Variables.check(environment)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GATEHOUSE_ECHO_LISTN | (did you mean GATEHOUSE_ECHO_LISTEN?)
            GATEHOUSE_TOKENS     | (did you mean GATEHOUSE_TOKEN?)
            GATEHOUSE_           | (expected: one of docs/configuration.md)
            """)
    void refusesAnyOther(String variable, String hint) {
        assertThatThrownBy(() -> Variables.check(Map.of(variable, "1")))
                .isInstanceOf(OperatorException.class)
                .hasMessage("environment: " + variable + ": unknown variable " + hint);
    }
}
