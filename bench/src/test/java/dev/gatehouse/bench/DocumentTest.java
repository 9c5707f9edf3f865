package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTest {
    private static final String TEXT = """
            # Title
            <!-- bench/run echo -->
            old
            <!-- end of bench/run echo -->
            between
            <!-- bench/run lines -->
            <!-- end of bench/run lines -->
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("performance.md");
        Files.writeString(file, TEXT);
    }

    @Test
    void fillsItsOwnPlaceOnly() throws IOException {
        new Document(file).fill("echo", "new\n");
        assertThat(file).content().isEqualTo(TEXT.replace("old\n", "\nnew\n\n"));
    }

    @Test
    void fillsAgain() throws IOException {
        new Document(file).fill("lines", "first\nsecond");
        new Document(file).fill("lines", "third");
        assertThat(file).content().contains("old").contains("third").doesNotContain("first", "second");
    }

    @Test
    void refusesARunWithoutAPlace() {
        assertThatThrownBy(() -> new Document(file).fill("idle", "new"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<!-- bench/run idle -->");
        assertThat(file).content().isEqualTo(TEXT);
    }
}
