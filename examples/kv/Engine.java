package kv;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Runs commands on the store. Everything is on the one event loop of the server, so all clients share one request and one reply. */
final class Engine {
    private final Store store;
    private final CommandTable commands;
    private final Information information;
    private final Request request;
    private final Reply reply = new Reply();
    private final int sweepEntriesMax;
    private final long startNanos;

    Engine(KeyValueOptions options, IntSupplier connections) {
        store = new Store(options.databases(), options.memoryBytesMax());
        information = new Information(store, connections);
        List<Command> all = new ArrayList<>();
        all.addAll(StringCommands.of(store));
        all.addAll(KeyCommands.of(store));
        all.addAll(ConnectionCommands.of(store));
        all.addAll(ServerCommands.of(information, options));
        commands = CommandCommand.table(all);
        request = new Request(new RequestSyntax(options.limits()));
        sweepEntriesMax = options.sweepEntriesMax();
        startNanos = options.ticker().nanos();
    }

    Database firstDatabase() {
        return store.databases().getFirst();
    }

    /** Answers the request that {@code payload} is; returns false if it needs no answer. */
    boolean run(Peer peer, ByteBuf payload, ByteBuf out, long nanos) {
        store.time(nanos - startNanos);
        reply.begin(out, peer.version);
        try {
            request.read(payload);
            if (request.count() == 0) {
                return false;
            }
            run(peer);
        } catch (ProtocolException e) {
            peer.confused = true;
            reply.error("ERR " + e.getMessage());
        } catch (CommandException e) {
            reply.error(e.answer());
        } finally {
            request.clear();
        }
        return true;
    }

    private void run(Peer peer) {
        Command command = commands.find(request, 0);
        if (command == null) {
            throw CommandException.unknown(request);
        } else if (!command.takes(request.count())) {
            throw CommandException.arguments(command.name());
        }
        information.countCommand();
        command.action().run(peer, request, reply);
    }

    void refuse(ByteBuf out, String message) {
        reply.begin(out, 2);
        reply.error(message);
    }

    /** Removes some of what has expired. */
    void sweep(long nanos) {
        store.time(nanos - startNanos);
        store.sweep(sweepEntriesMax);
    }
}
