package kv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command COMMAND: what commands there are. A client asks for that to help the person who types. */
final class CommandCommand {
    private @Nullable CommandTable table;

    /** A table of these commands and this one. */
    static CommandTable table(List<Command> commands) {
        CommandCommand command = new CommandCommand();
        List<Command> all = new ArrayList<>(commands);
        all.add(new Command(
                "command",
                -1,
                List.of("readonly"),
                Command.Keys.NONE,
                "server",
                "Describes commands: COMMAND [COUNT | INFO name ... | DOCS name ...].",
                command::run));
        CommandTable table = new CommandTable(all);
        command.table = table;
        return table;
    }

    private void run(Peer peer, Request request, Reply reply) {
        CommandTable commands = table();
        if (request.count() == 1) {
            reply.array(commands.commands().size());
            commands.commands().forEach(command -> describe(command, reply));
        } else if (request.is(1, "COUNT")) {
            reply.integer(commands.commands().size());
        } else if (request.is(1, "INFO")) {
            info(request, reply);
        } else if (request.is(1, "DOCS")) {
            List<Command> wanted = named(request);
            reply.map(wanted.size());
            wanted.forEach(command -> document(command, reply));
        } else {
            throw CommandException.subcommand(request, "COMMAND");
        }
    }

    private CommandTable table() {
        CommandTable known = table;
        if (known == null) {
            throw new IllegalStateException("the table isn't there yet");
        }
        return known;
    }

    private void info(Request request, Reply reply) {
        if (request.count() == 2) {
            reply.array(table().commands().size());
            table().commands().forEach(command -> describe(command, reply));
            return;
        }
        reply.array(request.count() - 2);
        for (int i = 2; i < request.count(); i++) {
            Command command = table().find(request, i);
            if (command == null) {
                reply.nothing();
            } else {
                describe(command, reply);
            }
        }
    }

    /** The commands that are named behind DOCS; all if none is. */
    private List<Command> named(Request request) {
        if (request.count() == 2) {
            return table().commands();
        }
        List<Command> named = new ArrayList<>();
        for (int i = 2; i < request.count(); i++) {
            Command command = table().find(request, i);
            if (command != null) {
                named.add(command);
            }
        }
        return named;
    }

    private static void describe(Command command, Reply reply) {
        reply.array(10);
        reply.bulk(command.name());
        reply.integer(command.arity());
        reply.set(command.flags().size());
        command.flags().forEach(reply::simple);
        reply.integer(command.keys().first());
        reply.integer(command.keys().last());
        reply.integer(command.keys().step());
        reply.set(1);
        reply.simple("@" + command.group());
        // Tips, the places of keys that these numbers can't tell, subcommands: none.
        reply.array(0);
        reply.array(0);
        reply.array(0);
    }

    private static void document(Command command, Reply reply) {
        reply.bulk(command.name());
        reply.map(3);
        reply.bulk("summary");
        reply.bulk(command.summary());
        reply.bulk("since");
        reply.bulk("1.0.0");
        reply.bulk("group");
        reply.bulk(command.group());
    }
}
