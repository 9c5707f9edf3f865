package dev.gatehouse.load;

/** What can be wrong with answers. Any of them means that the server isn't right, or that the way to it isn't. */
public enum Fault {
    /** An answer that didn't come in time, or at all: its connection ended, or as many later ones came as can be in flight. */
    MISSING("missing"),
    /** A second answer to one message. */
    DOUBLED("doubled"),
    /** An answer that came after that to a later message. */
    OUT_OF_ORDER("out of order"),
    /** An answer whose bytes aren't those that were sent. */
    CHANGED("changed"),
    /** An answer to a message of another client. */
    FOREIGN("of another client");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** The fault in words, as in "an answer is ...". */
    public String words() {
        return words;
    }
}
