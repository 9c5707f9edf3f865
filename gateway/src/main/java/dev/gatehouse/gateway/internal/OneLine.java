package dev.gatehouse.gateway.internal;

/** A text for the log, where it has to stay one line: it may be an authenticator's or a node's, which may repeat what they got. */
final class OneLine {
    private static final int CHARS_MAX = 200;

    private OneLine() {}

    static String of(String text) {
        String start = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + "..." : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
