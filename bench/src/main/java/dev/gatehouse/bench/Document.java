package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document with places that runs fill in: what stands between two lines of comment belongs to one of them.
 *
 * <pre>
 *   &lt;!-- bench/run echo --&gt;
 *   ...
 *   &lt;!-- end of bench/run echo --&gt;
 * </pre>
 */
final class Document {
    private final Path file;

    Document(Path file) {
        this.file = file;
    }

    /**
     * Puts {@code text} into the place of a run, instead of what stood there.
     *
     * @throws IllegalArgumentException if the document has no such place
     */
    void fill(String run, String text) {
        String begin = "<!-- bench/run " + run + " -->\n";
        String end = "<!-- end of bench/run " + run + " -->";
        try {
            String whole = Files.readString(file);
            int from = whole.indexOf(begin);
            int to = whole.indexOf(end);
            if (from < 0 || to < from) {
                throw new IllegalArgumentException(file + ": no place for this run (expected: a line " + begin.strip()
                        + " and, below, " + end + ")");
            }
            Files.writeString(
                    file, whole.substring(0, from) + begin + "\n" + text.strip() + "\n\n" + whole.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
