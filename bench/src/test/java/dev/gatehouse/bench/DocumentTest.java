package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
    void knowsWhichRunsHaveAPlace() throws IOException {
        Document document = new Document(file);
        assertThat(document.hasPlaceFor("echo")).isTrue();
        assertThat(document.hasPlaceFor("idle")).isFalse();
        Files.writeString(file, TEXT.replace("<!-- end of bench/run echo -->", ""));
        assertThat(document.hasPlaceFor("echo")).isFalse();
        Files.delete(file);
        assertThat(document.hasPlaceFor("lines")).isFalse();
    }
}
