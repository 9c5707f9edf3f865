package kv;

import java.util.List;

/** Commands on keys, whatever their values are. */
final class KeyCommands {
    private static final int NO_KEY = -2;
    private static final int NO_EXPIRY = -1;

    private final Store store;
    private final Key key = new Key();

    private KeyCommands(Store store) {
        this.store = store;
    }

    static List<Command> of(Store store) {
        KeyCommands commands = new KeyCommands(store);
        return List.of(
                new Command(
                        "del",
                        -2,
                        List.of("write"),
                        Command.Keys.ALL,
                        "generic",
                        "Deletes keys; returns how many there were.",
                        commands::delete),
                new Command(
                        "exists",
                        -2,
                        List.of("readonly", "fast"),
                        Command.Keys.ALL,
                        "generic",
                        "Returns how many of the keys there are.",
                        commands::exists),
                new Command(
                        "expire",
                        -3,
                        List.of("write", "fast"),
                        Command.Keys.ONE,
                        "generic",
                        "Lets a key expire after some seconds.",
                        commands::expire),
                new Command(
                        "ttl",
                        2,
                        List.of("readonly", "fast"),
                        Command.Keys.ONE,
                        "generic",
                        "Returns the seconds that a key has left: -1 for ever, -2 if there is none.",
                        commands::timeLeft));
    }

    private void delete(Peer peer, Request request, Reply reply) {
        int deleted = 0;
        for (int i = 1; i < request.count(); i++) {
            Entry entry = peer.database.find(key.read(request, i));
            if (entry != null) {
                peer.database.remove(entry);
                deleted++;
            }
        }
        reply.integer(deleted);
    }

    private void exists(Peer peer, Request request, Reply reply) {
        int existing = 0;
        for (int i = 1; i < request.count(); i++) {
            existing += peer.database.find(key.read(request, i)) == null ? 0 : 1;
        }
        reply.integer(existing);
    }

    private void expire(Peer peer, Request request, Reply reply) {
        if (request.count() > 3) {
            throw new CommandException("ERR Unsupported option " + request.text(3));
        }
        long expiresAt = Expiry.at(store.now(), request.integer(2), Expiry.SECOND, "expire");
        Entry entry = peer.database.find(key.read(request, 1));
        if (entry == null) {
            reply.integer(0);
            return;
        }
        if (expiresAt <= store.now()) {
            peer.database.remove(entry);
        } else {
            peer.database.expireAt(entry, expiresAt);
        }
        reply.integer(1);
    }

    private void timeLeft(Peer peer, Request request, Reply reply) {
        Entry entry = peer.database.find(key.read(request, 1));
        if (entry == null) {
            reply.integer(NO_KEY);
        } else if (entry.expiresAt == Entry.NEVER) {
            reply.integer(NO_EXPIRY);
        } else {
            reply.integer((entry.expiresAt - store.now() + Expiry.SECOND / 2) / Expiry.SECOND);
        }
    }
}
