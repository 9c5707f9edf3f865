package kv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a command by its name in any case, without making an object: a name of 8 bytes at most is one number. */
final class CommandTable {
    private static final int SLOTS = 256;
    private static final int NAME_BYTES_MAX = 8;
    /** Spreads the names over the slots (Fibonacci hashing). */
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final List<Command> commands;
    private final @Nullable Command[] slots = new Command[SLOTS];
    private final long[] names = new long[SLOTS];

    CommandTable(List<Command> commands) {
        this.commands = List.copyOf(commands);
        for (Command command : commands) {
            long name = 0;
            for (int i = 0; i < command.name().length(); i++) {
                name = name << 8 | command.name().charAt(i);
            }
            int slot = slot(name);
            while (slots[slot] != null) {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = command;
            names[slot] = name;
        }
    }

    List<Command> commands() {
        return commands;
    }

    /** The command that an argument names; null for none. */
    @Nullable
    Command find(Request request, int argument) {
        int length = request.length(argument);
        if (length > NAME_BYTES_MAX) {
            return null;
        }
        long name = 0;
        for (int i = 0; i < length; i++) {
            int letter = request.byteAt(argument, i) & 0xFF;
            name = name << 8 | (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
        }
        int slot = slot(name);
        while (slots[slot] != null && names[slot] != name) {
            slot = (slot + 1) % SLOTS;
        }
        return slots[slot];
    }

    private static int slot(long name) {
        return (int) ((name * MULTIPLIER) >>> 56);
    }
}
