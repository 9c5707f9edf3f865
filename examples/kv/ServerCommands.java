package kv;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Commands on the server: what it holds and how it is set up. */
final class ServerCommands {
    private final Information information;
    private final Map<String, String> configuration = new TreeMap<>();

    private ServerCommands(Information information, KeyValueOptions options) {
        this.information = information;
        configuration.put("appendonly", "no");
        configuration.put("databases", Integer.toString(options.databases()));
        configuration.put("maxclients", Integer.toString(options.connectionsMax()));
        configuration.put("maxmemory", Long.toString(options.memoryBytesMax()));
        configuration.put("maxmemory-policy", "noeviction");
        configuration.put(
                "proto-max-bulk-len", Integer.toString(options.limits().bulkBytesMax()));
        configuration.put("save", "");
    }

    static List<Command> of(Information information, KeyValueOptions options) {
        ServerCommands commands = new ServerCommands(information, options);
        return List.of(
                command("info", -1, "Returns facts about the server: INFO [section ...].", commands::info),
                command("config", -2, "Returns settings: CONFIG GET name [name ...].", commands::config));
    }

    private static Command command(String name, int arity, String summary, Command.Action action) {
        return new Command(name, arity, List.of("readonly"), Command.Keys.NONE, "server", summary, action);
    }

    private void info(Peer peer, Request request, Reply reply) {
        reply.text(information.text(request));
    }

    private void config(Peer peer, Request request, Reply reply) {
        if (!request.is(1, "GET")) {
            throw CommandException.subcommand(request, "CONFIG");
        } else if (request.count() < 3) {
            throw CommandException.arguments("config|get");
        }
        Map<String, String> found = new TreeMap<>();
        configuration.forEach((name, value) -> {
            for (int i = 2; i < request.count(); i++) {
                if (request.is(i, "*") || request.is(i, name.toUpperCase(java.util.Locale.ROOT))) {
                    found.put(name, value);
                }
            }
        });
        reply.map(found);
    }
}
