package dev.gatehouse.app.connect;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The commands of a conversation. */
enum Verb {
    /** {@link Conversation#run} carries them out. */
    LOGIN(2, "[USER]", "log in, by this open_udid"),
    SEND(3, "OPCODE [TEXT | hex:DIGITS | file:PATH]", "send a packet"),
    WAIT(3, "OPCODE [SECONDS]", "wait for such a packet (10 s), or take one that came"),
    PING(1, "", "send a heartbeat, and say how long the answer took"),
    SLEEP(2, "SECONDS", "do nothing"),
    HELP(1, "", "say this"),
    QUIT(1, "", "end the session");

    /** The verb and its arguments; the last may have blanks in it. */
    static final int WORDS_MAX = 3;

    private final int wordsMax;
    private final String arguments;
    private final String meaning;

    Verb(int wordsMax, String arguments, String meaning) {
        this.wordsMax = wordsMax;
        this.arguments = arguments;
        this.meaning = meaning;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String usage() {
        return arguments.isEmpty() ? word() : word() + " " + arguments;
    }

    /** How many words a command has at most, this one included. */
    int wordsMax() {
        return wordsMax;
    }

    String meaning() {
        return meaning;
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }
}
