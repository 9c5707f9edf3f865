package dev.gatehouse.app.connect;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The commands of a conversation. */
enum Verb {
    /** {@link Conversation#run} carries them out. */
    LOGIN("[USER]", "log in, by this open_udid"),
    SEND("OPCODE [TEXT | hex:DIGITS | file:PATH]", "send a packet"),
    WAIT("OPCODE [SECONDS]", "wait until such a packet has come (10 s), counting those not waited for yet"),
    PING("", "send a heartbeat, and say how long the answer took"),
    SLEEP("SECONDS", "do nothing"),
    HELP("", "say this"),
    QUIT("", "end the session");

    private final String arguments;
    private final String meaning;

    Verb(String arguments, String meaning) {
        this.arguments = arguments;
        this.meaning = meaning;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String usage() {
        return arguments.isEmpty() ? word() : word() + " " + arguments;
    }

    String meaning() {
        return meaning;
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }
}
