package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.config.GatewaySettings;
import dev.gatehouse.app.config.Sources;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What README.md and examples/ show is what works. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void showsTheExampleAsItIs() throws IOException {
        String file = Files.readString(ROOT.resolve("examples/echo/Echo.java"));
        String example = file.substring(file.indexOf("import "));
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + example + "```");
        assertThat(example.lines()).hasSizeLessThanOrEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/echo/Echo.java", "examples/java-service/GameService.java"})
    void compilesItsExamples(String example, @TempDir Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            output,
                            files,
                            null,
                            List.of("-cp", classPath, "-d", folder.toString(), "-Xlint:all,-classfile", "-proc:none"),
                            null,
                            files.getJavaFileObjects(ROOT.resolve(example)))
                    .call();
            assertThat(compiled).as("%s", output).isTrue();
        }
    }

    @Test
    void shipsAConfigurationThatCanBeUsed() {
        Optional<Path> file = Optional.of(ROOT.resolve("examples/gatehouse.yaml"));
        GatewaySettings settings = GatewaySettings.read(new Sources(file, Map.of(), Map.of()));
        assertThat(settings.gateway().routes()).hasSize(1);
    }
}
