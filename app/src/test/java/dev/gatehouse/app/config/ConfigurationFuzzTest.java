package dev.gatehouse.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.app.operator.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/** Whatever an operator writes, it is read, or refused in a sentence. */
class ConfigurationFuzzTest {
    /** Longer ones, in seconds, have more digits than are read. */
    private static final Duration LONGEST = Duration.ofSeconds(1_000_000_000);

    @FuzzTest
    void values(byte[] input) {
        String text = new String(input, UTF_8);
        check(text, HostPort::parse, HostPort::toString);
        check(text, OpcodeRange::parse, OpcodeRange::toString);
        check(text, Durations::parse, duration -> duration.compareTo(LONGEST) < 0 ? Durations.format(duration) : text);
    }

    private static <T> void check(String text, Function<String, T> parse, Function<T, String> format) {
        T value;
        try {
            value = parse.apply(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).contains(text);
            return;
        }
        assertThat(parse.apply(format.apply(value))).isEqualTo(value);
    }

    @FuzzTest
    void yaml(byte[] input) throws IOException {
        Path file = Files.createTempFile("fuzz", ".yaml");
        try {
            Files.write(file, input);
            YamlFile.read(file, 100);
        } catch (OperatorException e) {
            assertThat(e.getMessage()).startsWith(file.toString());
        } finally {
            Files.delete(file);
        }
    }
}
