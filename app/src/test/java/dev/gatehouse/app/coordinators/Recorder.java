package dev.gatehouse.app.coordinators;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.ClusterListener;
import dev.gatehouse.cluster.NodeAgent;
import dev.gatehouse.cluster.TestParticipant;
import dev.gatehouse.cluster.Watcher;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;

/**
 * A program that writes down each ring that it sees, and where: with a watcher at each of these coordinators, one that goes from one to the other, and a few nodes, which
 * hear rings too. A line {@code join ID} on its standard input stream starts another node. See {@link Recording} for its lines.
 */
final class Recorder {
    private static final String SERVICE = "game";
    private static final int NODES = 3;

    private final ClusterAccess access;

    private Recorder(List<String> coordinators) {
        access = ClusterAccess.of(coordinators, TestParticipant.SECRET);
    }

    public static void main(String[] coordinators) throws IOException {
        Recorder recorder = new Recorder(List.of(coordinators));
        recorder.record(coordinators);
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            commands.lines().forEach(line -> recorder.join(line.replace("join ", "")));
        }
    }

    private void record(String... coordinators) {
        for (String coordinator : coordinators) {
            new PinnedWatcher(coordinator).start();
        }
        Watcher.start(access, "anywhere", listener("anywhere"));
        for (int i = 1; i <= NODES; i++) {
            join(SERVICE + i);
        }
    }

    private void join(String id) {
        int port = 7000 + Integer.parseInt(id.substring(SERVICE.length()));
        NodeAgent.builder(access, Node.of(id, SERVICE, "127.0.0.1", port))
                .listener(listener(id))
                .start();
    }

    private static ClusterListener listener(String observer) {
        return new ClusterListener() {
            @Override
            public void rings(RingSnapshot rings) {
                Recording.write(observer, rings);
            }
        };
    }
}
