package dev.gatehouse.bench;

import java.util.Locale;

/** What clients speak with a server. */
public enum Wire {
    /** Frames behind a u16 length, which come back as they are. */
    LENGTH,
    /** Lines that end with {@code \n}, which come back as they are. */
    LINES,
    /** The protocol of the gateway, logged in; a service answers. */
    GATEWAY;

    /** The name as arguments have it. */
    String argument() {
        return name().toLowerCase(Locale.ROOT);
    }
}
