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

    /** Whether a run has a place here. */
    boolean hasPlaceFor(String run) {
        try {
            String whole = Files.readString(file);
            int from = whole.indexOf(begin(run));
            return from >= 0 && whole.indexOf(end(run)) > from;
        } catch (IOException e) {
            return false;
        }
    }

    /** Puts {@code text} into the place of a run, instead of what stood there. */
    void fill(String run, String text) {
        try {
            String whole = Files.readString(file);
            Files.writeString(
                    file,
                    whole.substring(0, whole.indexOf(begin(run)))
                            + begin(run) + "\n" + text.strip() + "\n\n"
                            + whole.substring(whole.indexOf(end(run))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line that a run's place begins with. */
    static String begin(String run) {
        return "<!-- bench/run " + run + " -->\n";
    }

    private static String end(String run) {
        return "<!-- end of bench/run " + run + " -->";
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
