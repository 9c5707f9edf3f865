package kv;

import java.util.List;

/**
 * A command, and what a client may ask about it.
 *
 * @param name in lower case, 8 bytes at most
 * @param arity how many arguments it takes, with its name; negative: at least so many
 * @param flags as COMMAND lists them
 * @param keys where the keys stand among the arguments
 * @param group as COMMAND DOCS lists it
 * @param summary one sentence
 */
record Command(String name, int arity, List<String> flags, Keys keys, String group, String summary, Action action) {
    /** What a command does: it writes exactly one reply, or throws a {@link CommandException}. */
    @FunctionalInterface
    interface Action {
        /** Carries out a request. */
        void run(Peer peer, Request request, Reply reply);
    }

    /** The first argument that is a key, the last one (negative: from the end), and the step between them; zeros for no keys. */
    record Keys(int first, int last, int step) {
        static final Keys NONE = new Keys(0, 0, 0);
        static final Keys ONE = new Keys(1, 1, 1);
        static final Keys ALL = new Keys(1, -1, 1);
    }

    /** Whether it takes so many arguments. */
    boolean takes(int arguments) {
        return arity < 0 ? arguments >= -arity : arguments == arity;
    }
}
