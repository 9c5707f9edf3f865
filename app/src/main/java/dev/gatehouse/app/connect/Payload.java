package dev.gatehouse.app.connect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Payloads as people write and read them. */
final class Payload {
    private static final String HEX = "hex:";
    private static final String FILE = "file:";
    private static final int SHOWN_BYTES_MAX = 256;

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
            return file(Path.of(text.substring(FILE.length())));
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

    private static byte[] file(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new CommandException("file: " + path + " can't be read", e);
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
