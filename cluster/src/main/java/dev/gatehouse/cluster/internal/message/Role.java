package dev.gatehouse.cluster.internal.message;

import java.util.Locale;

/** What a participant is. */
public enum Role {
    /** Joins the ring of its service. */
    NODE,
    /** Gets rings. */
    WATCHER,
    /** Gets rings, and gives orders. */
    OPERATOR;

    /** Its number in VERIFY, 1..3. */
    public int number() {
        return ordinal() + 1;
    }

    /** As sentences name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(int number) {
        return values()[number - 1];
    }
}
