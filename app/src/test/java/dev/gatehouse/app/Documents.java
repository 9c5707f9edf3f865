package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pages of docs/ that are made of tables in the code. */
public final class Documents {
    private static final String WRITE = "gatehouse.docs.write";
    private static final Path FOLDER = Path.of("..", "docs");

    private Documents() {}

    /**
     * Checks that the page is what the code says now; with {@code -Dgatehouse.docs.write=true} writes it instead.
     *
     * @param name the file in docs/
     * @param current what it should hold
     */
    public static void check(String name, String current) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean(WRITE)) {
                Files.writeString(file, current);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as(
                            "docs/%s is stale; write it anew: mvn -q test -pl app -am -Dtest='*DocumentTest'"
                                    + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
                            name, WRITE)
                    .isEqualTo(current);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
