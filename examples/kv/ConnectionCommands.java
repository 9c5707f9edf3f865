package kv;

import java.util.List;

/** Commands on the connection itself. */
final class ConnectionCommands {

    private final Store store;

    private ConnectionCommands(Store store) {
        this.store = store;
    }

    static List<Command> of(Store store) {
        ConnectionCommands commands = new ConnectionCommands(store);
        return List.of(
                command("ping", -1, "Answers PONG, or with its argument.", ConnectionCommands::ping),
                command("echo", 2, "Answers with its argument.", (peer, request, reply) -> reply.bulk(request, 1)),
                command("select", 2, "Changes the database.", commands::select),
                command("hello", -1, "Changes the version of the protocol: HELLO [2 | 3].", ConnectionCommands::hello),
                command("quit", -1, "Closes the connection.", (peer, request, reply) -> {
                    peer.leaving = true;
                    reply.ok();
                }));
    }

    private static Command command(String name, int arity, String summary, Command.Action action) {
        return new Command(name, arity, List.of("fast"), Command.Keys.NONE, "connection", summary, action);
    }

    private static void ping(Peer peer, Request request, Reply reply) {
        switch (request.count()) {
            case 1 -> reply.simple("PONG");
            case 2 -> reply.bulk(request, 1);
            default -> throw CommandException.arguments("ping");
        }
    }

    private void select(Peer peer, Request request, Reply reply) {
        long index = request.integer(1);
        if (index != (int) index) {
            throw new CommandException("ERR value is out of range, value must between -2147483648 and 2147483647");
        } else if (index < 0 || index >= store.databases().size()) {
            throw new CommandException("ERR DB index is out of range");
        }
        peer.database = store.databases().get((int) index);
        reply.ok();
    }

    private static void hello(Peer peer, Request request, Reply reply) {
        if (request.count() > 1) {
            peer.version = version(request);
        }
        reply.version(peer.version);
        reply.map(7);
        reply.bulk("server");
        reply.bulk("redis");
        reply.bulk("version");
        reply.bulk(KeyValueServer.REDIS_VERSION);
        reply.bulk("proto");
        reply.integer(peer.version);
        reply.bulk("id");
        reply.integer(peer.id);
        reply.bulk("mode");
        reply.bulk("standalone");
        reply.bulk("role");
        reply.bulk("master");
        reply.bulk("modules");
        reply.array(0);
    }

    private static int version(Request request) {
        long version;
        try {
            version = request.integer(1);
        } catch (CommandException e) {
            throw new CommandException("ERR Protocol version is not an integer or out of range");
        }
        if (version != 2 && version != 3) {
            throw new CommandException("NOPROTO unsupported protocol version");
        } else if (request.count() > 2) {
            throw new CommandException("ERR Syntax error in HELLO option '" + request.text(2) + "'");
        }
        return (int) version;
    }
}
