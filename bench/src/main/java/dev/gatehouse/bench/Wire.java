package dev.gatehouse.bench;

import dev.gatehouse.load.Mode;
import java.util.Locale;

/** What clients speak with a server. */
public enum Wire {
    /** Frames behind a u16 length, which come back as they are. */
    LENGTH,
    /** The same under TLS. */
    LENGTH_TLS,
    /** Lines that end with {@code \n}, which come back as they are. */
    LINES,
    /** The protocol of the gateway, logged in; a service answers. */
    GATEWAY,
    /** The same with the legacy encryption. */
    GATEWAY_LEGACY,
    /** The same under TLS. */
    GATEWAY_TLS;

    /** As the load has it. */
    public Mode mode() {
        return switch (this) {
            case LENGTH, LENGTH_TLS -> Mode.lengthPrefixed(2);
            case LINES -> Mode.lines();
            case GATEWAY, GATEWAY_TLS -> Mode.gateway();
            case GATEWAY_LEGACY -> Mode.gateway().encrypted();
        };
    }

    /** Whether TLS is under it. */
    public boolean tls() {
        return this == LENGTH_TLS || this == GATEWAY_TLS;
    }

    /** The wire with this {@link #argument}. */
    public static Wire of(String argument) {
        return valueOf(argument.toUpperCase(Locale.ROOT));
    }

    /** The name as the programs' arguments have it. */
    public String argument() {
        return name().toLowerCase(Locale.ROOT);
    }
}
