package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Secrets from files. */
public final class Secrets {
    private Secrets() {}

    /**
     * The first line of a file.
     *
     * @throws OperatorException if the file can't be read, or its first line holds no visible ASCII text
     */
    public static String firstLine(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String line = lines.isEmpty() ? "" : lines.getFirst().strip();
            if (!line.matches("[\\x21-\\x7e]+")) {
                throw new OperatorException(
                        file + ": no secret (expected: visible ASCII characters in the first line)");
            }
            return line;
        } catch (CharacterCodingException e) {
            throw new OperatorException(file + ": isn't text (expected: a secret in its first line)", e);
        } catch (IOException e) {
            throw new OperatorException(file + ": can't be read (expected: a file with a secret in its first line)", e);
        }
    }
}
