package dev.gatehouse.app.connect;

import dev.gatehouse.protocol.Gonet2;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/** Payloads as people write and read them. */
final class Payload {
    private static final String HEX = "hex:";
    private static final String FILE = "file:";
    private static final int SHOWN_BYTES_MAX = 256;

    /** What fits in a packet behind its sequence and its opcode. */
    private static final int BYTES_MAX = Gonet2.INSTANCE.frameBytesMax() - Integer.BYTES - Short.BYTES;

    private Payload() {}

    /**
     * Reads {@code hex:DIGITS}, {@code file:PATH}, or text, which is sent as UTF-8.
     *
     * @throws CommandException if the digits make no sense, or the file can't be read
     */
    static byte[] parse(String text) {
        if (text.startsWith(HEX)) {
            return hex(text.substring(HEX.length()));
        }
        if (text.startsWith(FILE)) {
            return file(text.substring(FILE.length()));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The payload as text where it is some, else in hex; long ones are cut. */
    static String show(byte[] payload) {
        if (payload.length == 0) {
            return "empty";
        }
        int shown = Math.min(payload.length, SHOWN_BYTES_MAX);
        String cut = shown < payload.length ? "..." : "";
        String text = text(payload);
        if (!text.isEmpty()) {
            return text.length() > SHOWN_BYTES_MAX ? text.substring(0, SHOWN_BYTES_MAX) + "..." : text;
        }
        return HEX + HexFormat.of().formatHex(payload, 0, shown) + cut;
    }

    private static byte[] hex(String digits) {
        try {
            return HexFormat.of().parseHex(digits.replace(" ", ""));
        } catch (IllegalArgumentException e) {
            throw new CommandException("hex: " + digits + " (expected: pairs of hex digits)", e);
        }
    }

    private static byte[] file(String path) {
        try {
            return limited(path);
        } catch (IOException | InvalidPathException e) {
            throw new CommandException("file: " + path + " can't be read", e);
        }
    }

    /** Reads no more than what could be sent: some files have no end. */
    private static byte[] limited(String path) throws IOException {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            byte[] payload = file.readNBytes(BYTES_MAX + 1);
            if (payload.length > BYTES_MAX) {
                throw new CommandException("file: " + path + ": too large (expected: " + BYTES_MAX + " bytes at most)");
            }
            return payload;
        }
    }

    /** The payload as text without control characters, or nothing if it isn't such text. */
    private static String text(byte[] payload) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            return text.chars().allMatch(c -> !Character.isISOControl(c)) ? text : "";
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
