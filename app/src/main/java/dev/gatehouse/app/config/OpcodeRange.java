package dev.gatehouse.app.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of opcodes that a route can have, both ends included. */
record OpcodeRange(int min, int max) {
    private static final Pattern FORM = Pattern.compile("([0-9]{4,5})(?: *- *([0-9]{4,5}))?");
    private static final int OPCODE_MIN = 1001;

    static OpcodeRange parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        int min = Integer.parseInt(matcher.group(1));
        int max = matcher.group(2) == null ? min : Integer.parseInt(matcher.group(2));
        if (min < OPCODE_MIN || max < min || max > Short.MAX_VALUE) {
            throw new IllegalArgumentException(text);
        }
        return new OpcodeRange(min, max);
    }

    boolean overlaps(OpcodeRange other) {
        return min <= other.max && other.min <= max;
    }

    @Override
    public String toString() {
        return min + "-" + max;
    }
}
