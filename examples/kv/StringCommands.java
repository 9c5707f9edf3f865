package kv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands on values. */
final class StringCommands {
    private final Store store;
    private final Key key = new Key();
    private final SetOptions options = new SetOptions();
    private final byte[] digits = new byte[Decimal.BYTES_MAX];

    private StringCommands(Store store) {
        this.store = store;
    }

    static List<Command> of(Store store) {
        StringCommands commands = new StringCommands(store);
        return List.of(
                new Command(
                        "get",
                        2,
                        List.of("readonly", "fast"),
                        Command.Keys.ONE,
                        "string",
                        "Returns the value of a key.",
                        commands::get),
                new Command(
                        "set",
                        -3,
                        List.of("write", "denyoom"),
                        Command.Keys.ONE,
                        "string",
                        "Sets the value of a key: SET key value [NX | XX] [EX seconds | PX milliseconds].",
                        commands::set),
                new Command(
                        "incr",
                        2,
                        List.of("write", "denyoom", "fast"),
                        Command.Keys.ONE,
                        "string",
                        "Adds one to a value that is an integer, 0 if there is none.",
                        commands::increment));
    }

    private void get(Peer peer, Request request, Reply reply) {
        Entry entry = peer.database.find(key.read(request, 1));
        if (entry == null) {
            reply.nothing();
        } else {
            reply.bulk(entry.value);
        }
    }

    private void set(Peer peer, Request request, Reply reply) {
        options.read(request, 3, store.now());
        Database database = peer.database;
        Entry found = database.find(key.read(request, 1));
        if (found == null ? options.onlyOld() : options.onlyNew()) {
            reply.nothing();
            return;
        }
        Entry entry = found == null ? database.add(key, request.length(2)) : found;
        request.copy(2, database.resize(entry, request.length(2)));
        database.expireAt(entry, options.expiresAt());
        reply.ok();
    }

    private void increment(Peer peer, Request request, Reply reply) {
        Database database = peer.database;
        Entry found = database.find(key.read(request, 1));
        long value = next(found);
        int from = Decimal.write(value, digits, digits.length);
        int length = digits.length - from;
        Entry entry = found == null ? database.add(key, length) : found;
        System.arraycopy(digits, from, database.resize(entry, length), 0, length);
        reply.integer(value);
    }

    private static long next(@Nullable Entry entry) {
        long value = entry == null ? 0 : Decimal.parse(entry.value);
        if (value == Long.MAX_VALUE) {
            throw new CommandException("ERR increment or decrement would overflow");
        }
        return value + 1;
    }
}
