package dev.gatehouse.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/**
 * What the gateway says of a session at every node that it is attached to, encoded once as fields of an {@code Open}: the session
 * keeps these bytes, not the texts. Immutable.
 */
public final class Introduction {

    private final byte[] encoded;

    private Introduction(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * The introduction of a session.
     *
     * @param remoteAddress where its client is connected from, {@code HOST:PORT}
     * @param attributes what the client said of itself; empty values are left out
     */
    public static Introduction of(long user, String remoteAddress, Map<String, String> attributes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (user != 0) {
            out.write(1 << 3);
            varint(out, (user << 1) ^ (user >> (Long.SIZE - 1)));
        }
        text(out, 3, remoteAddress.getBytes(UTF_8));
        attributes.forEach((key, value) -> {
            if (!value.isEmpty()) {
                ByteArrayOutputStream entry = new ByteArrayOutputStream();
                text(entry, 1, key.getBytes(UTF_8));
                text(entry, 2, value.getBytes(UTF_8));
                text(out, 4, entry.toByteArray());
            }
        });
        return new Introduction(out.toByteArray());
    }

    /** How many bytes it adds to an entry. */
    public int length() {
        return encoded.length;
    }

    byte[] encoded() {
        return encoded;
    }

    private static void text(ByteArrayOutputStream out, int field, byte[] bytes) {
        out.write(field << 3 | Wire.LENGTH_DELIMITED);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void varint(ByteArrayOutputStream out, long number) {
        byte[] varint = new byte[10];
        out.write(varint, 0, Wire.putVarint(varint, 0, number));
    }
}
