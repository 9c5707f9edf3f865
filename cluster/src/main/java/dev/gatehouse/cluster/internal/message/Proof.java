package dev.gatehouse.cluster.internal.message;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.cluster.ClusterSecret;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** What each side shows the other to prove that it knows the secret: PROTOCOLS.md, section 3. Any thread. */
public final class Proof {
    /** The bytes of a verify key: a random UUID as text. */
    public static final int KEY_BYTES = 36;

    private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Proof() {}

    /** A verify key that no connection had before. */
    public static String newKey() {
        return UUID.randomUUID().toString();
    }

    /** Whether the text is a verify key. */
    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    /** A participant's nonce: 32 hex digits. */
    public static String newNonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A participant's proof, 64 hex digits: for this connection, and for it alone. */
    public static String ofParticipant(ClusterSecret secret, String key, String nonce, Participant participant) {
        return secret.sign(String.join(
                "\n",
                "node",
                key,
                nonce,
                Integer.toString(participant.role().number()),
                participant.id(),
                participant.service(),
                participant.address(),
                Integer.toString(participant.port())));
    }

    /** The coordinator's proof, 64 hex digits. */
    public static String ofCoordinator(ClusterSecret secret, String key, String nonce) {
        return secret.sign(String.join("\n", "coordinator", key, nonce));
    }

    /** Whether two proofs are the same, in letters of either case; the time that it takes says nothing of where they differ. */
    public static boolean same(String expected, String shown) {
        return MessageDigest.isEqual(bytes(expected), bytes(shown));
    }

    private static byte[] bytes(String proof) {
        return proof.toLowerCase(Locale.ROOT).getBytes(US_ASCII);
    }
}
