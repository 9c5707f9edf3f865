package guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/net.md shows stands in an example, word for word; only the indentation may differ. */
class GuideTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern SNIPPET = Pattern.compile("(?:<!-- (\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);

    static Stream<MatchResult> snippets() throws IOException {
        List<MatchResult> found = SNIPPET.matcher(Files.readString(ROOT.resolve("docs/net.md")))
                .results()
                .toList();
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void showsTheExamplesAsTheyAre(MatchResult snippet) {
        assertThat(snippet.group(1)).as("the file of\n%s", snippet.group(2)).isNotNull();
        assertThat(withoutIndentation(read(snippet.group(1)))).contains(withoutIndentation(snippet.group(2)));
    }

    /** The README's server is a whole program of at most 20 lines; only its package isn't shown. */
    @Test
    void theReadmeShowsTheEchoServer() throws IOException {
        String program = read("examples/echo/Echo.java").replaceFirst("package echo;\n\n", "");
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + program + "```");
        assertThat(program.lines()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void showsSnippets() throws IOException {
        assertThat(snippets()).hasSizeGreaterThan(10);
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
