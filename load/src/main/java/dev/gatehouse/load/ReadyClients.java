package dev.gatehouse.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clients of a thread whose connection is ready, in a round. */
final class ReadyClients {
    private final List<LoadClient> clients = new ArrayList<>();
    private int next;

    int size() {
        return clients.size();
    }

    void add(LoadClient client) {
        client.place(clients.size());
        clients.add(client);
    }

    /** Removes by moving the last one into the gap. */
    void remove(LoadClient client) {
        LoadClient last = clients.removeLast();
        if (last != client) {
            clients.set(client.place(), last);
            last.place(client.place());
        }
        client.place(-1);
    }

    /** The next one that has room for another message of an open loop, or null if none has. */
    @Nullable
    LoadClient nextWithRoom() {
        for (int looked = 0; looked < clients.size(); looked++) {
            next = next + 1 < clients.size() ? next + 1 : 0;
            LoadClient client = clients.get(next);
            if (client.hasRoom()) {
                return client;
            }
        }
        return null;
    }
}
