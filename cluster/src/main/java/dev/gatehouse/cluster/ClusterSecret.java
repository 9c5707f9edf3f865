package dev.gatehouse.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a coordinator and its participants share, and prove to each other that they know (HMAC-SHA256); it never goes over the wire.
 * Immutable, any thread.
 */
public final class ClusterSecret {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private ClusterSecret(byte[] bytes) {
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * The secret of this text, as UTF-8.
     *
     * @throws IllegalArgumentException if the text is empty; its message doesn't tell the text
     */
    public static ClusterSecret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("secret: empty (expected: at least one character)");
        }
        return new ClusterSecret(text.getBytes(UTF_8));
    }

    /** The proof that whoever says {@code statement} knows the secret: 64 hex digits. */
    public String sign(String statement) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(statement.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "ClusterSecret(hidden)";
    }
}
