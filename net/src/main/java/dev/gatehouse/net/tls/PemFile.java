package dev.gatehouse.net.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A PEM file that a setting names.
 *
 * @param setting the setting's name, for errors
 * @param expected what the file should be, for errors
 */
record PemFile(String setting, Path path, String expected) {
    /** Beyond the certificates of all authorities of the world together. */
    static final int BYTES_MAX = 1 << 20;

    static PemFile certificate(Path path) {
        return new PemFile("certificate", path, "a PEM file with a certificate chain, one's own certificate first");
    }

    static PemFile key(Path path) {
        return new PemFile("key", path, "a PEM file with a PKCS#8 private key without a password");
    }

    static PemFile trust(Path path) {
        return new PemFile("trust", path, "a PEM file with certificates");
    }

    /**
     * What stands in it now.
     *
     * @throws TlsFileException if it can't be read
     */
    String read() {
        try {
            // A pipe or a device could keep us waiting.
            if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
                throw wrong("not a file");
            }
            return text();
        } catch (NoSuchFileException e) {
            throw wrong("no such file");
        } catch (AccessDeniedException e) {
            throw wrong("no permission to read it");
        } catch (IOException e) {
            throw wrong("can't be read: " + e.getMessage());
        }
    }

    private String text() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw wrong("larger than " + BYTES_MAX + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    TlsFileException wrong(String what) {
        return new TlsFileException(setting + ": " + path + ": " + what + " (expected: " + expected + ")");
    }
}
