package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Text of a configuration file. */
final class TextFile {
    private static final long BYTES_MAX = 4L << 20;

    private TextFile() {}

    /**
     * Reads the file.
     *
     * @throws OperatorException if it can't be read, or is no text
     */
    static String read(Path path) {
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw new OperatorException(path + ": too large (expected: " + BYTES_MAX + " bytes at most)");
            }
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new OperatorException(path + ": there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new OperatorException(path + ": can't be read: no permission", e);
        } catch (MalformedInputException e) {
            throw new OperatorException(path + ": isn't UTF-8 text", e);
        } catch (IOException e) {
            throw new OperatorException(path + ": can't be read: " + e.getMessage(), e);
        }
    }
}
