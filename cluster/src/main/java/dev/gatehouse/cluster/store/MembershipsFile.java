package dev.gatehouse.cluster.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.ring.membership.Memberships;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Memberships as a file: a line of text with the format's name and version and the SHA-256 of all that follows, then JSON.
 *
 * <pre>
 *   gatehouse-memberships 1 0123456789abcdef...   (64 hex digits) \n
 *   {"version":{"epoch":1, ...
 * </pre>
 */
final class MembershipsFile {
    private static final String FORMAT = "gatehouse-memberships 1 ";
    private static final int DIGEST_CHARACTERS = 64;
    private static final int HEADER_BYTES = FORMAT.length() + DIGEST_CHARACTERS + 1;

    private MembershipsFile() {}

    static byte[] write(Memberships memberships) {
        byte[] body = JsonMapper.shared().writeValueAsBytes(memberships);
        ByteArrayOutputStream out = new ByteArrayOutputStream(HEADER_BYTES + body.length);
        out.writeBytes(header(body));
        out.writeBytes(body);
        return out.toByteArray();
    }

    static Memberships read(byte[] content) throws DamagedFileException {
        if (content.length < HEADER_BYTES) {
            throw new DamagedFileException(
                    "it has " + content.length + " bytes (expected: more than " + HEADER_BYTES + ")");
        }
        byte[] body = Arrays.copyOfRange(content, HEADER_BYTES, content.length);
        if (!Arrays.equals(header(body), Arrays.copyOf(content, HEADER_BYTES))) {
            throw new DamagedFileException("its checksum is wrong");
        }
        try {
            return JsonMapper.shared().readValue(body, Memberships.class);
        } catch (JacksonException e) {
            throw new DamagedFileException("it holds no memberships");
        }
    }

    private static byte[] header(byte[] body) {
        return (FORMAT + HexFormat.of().formatHex(digest(body)) + "\n").getBytes(US_ASCII);
    }

    private static byte[] digest(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
