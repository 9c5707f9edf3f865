package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.Operator;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;

/** Starts the processes of a cluster, which all know its secret, asks its coordinator, and ends them all. */
final class ClusterCommands implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final String SECRET = "secret";

    private final Deque<GatehouseProcess> processes = new ArrayDeque<>();

    /** A coordinator, which is ready, with its store in this folder. */
    GatehouseProcess coordinator(Path store, String address, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("coordinator", "--listen", address, "--store", "file:" + store));
        arguments.addAll(List.of(more));
        GatehouseProcess coordinator = start(arguments.toArray(String[]::new));
        coordinator.awaitReady();
        return coordinator;
    }

    /** A node of the service {@code game}; {@link #awaitOwners} waits until it is there. */
    GatehouseProcess node(String coordinator, String id, String... more) {
        List<String> arguments = new ArrayList<>(List.of("service", "--name", "game", "--listen", "127.0.0.1:0"));
        arguments.addAll(List.of("--coordinator", coordinator, "--id", id));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    /** The command with the cluster's secret. */
    GatehouseProcess start(String... arguments) {
        return keep(GatehouseProcess.start(Map.of("GATEHOUSE_CLUSTER_SECRET", SECRET), "", arguments));
    }

    /** Ends this one, too. */
    GatehouseProcess keep(GatehouseProcess process) {
        processes.push(process);
        return process;
    }

    /** What a command of an operator answers. */
    List<String> ask(String coordinator, String... words) {
        GatehouseProcess command = command(coordinator, words);
        assertThat(command.awaitExit()).as("%s", command.errors()).isZero();
        return command.output();
    }

    /** What an operator reads who can't have this: one sentence. */
    AbstractStringAssert<?> refused(String coordinator, String... words) {
        GatehouseProcess command = command(coordinator, words);
        assertThat(command.awaitExit()).isEqualTo(2);
        return assertThat(command.errors()).singleElement().asString().startsWith("gatehouse: ");
    }

    private GatehouseProcess command(String coordinator, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--coordinator", coordinator));
        return start(arguments.toArray(String[]::new));
    }

    /** An operator in this process. */
    static Operator operator(String coordinator) {
        return Operator.connect(ClusterAccess.of(List.of(coordinator), ClusterSecret.of(SECRET)), TIMEOUT);
    }

    /** Waits until so many members own, and none of them is being drained. */
    static void awaitOwners(String coordinator, int count) {
        try (Operator operator = operator(coordinator)) {
            await().atMost(TIMEOUT).until(() -> owners(operator.rings()) == count);
        }
    }

    private static long owners(RingSnapshot rings) {
        return rings.members().stream()
                .filter(member -> member.standing() == Standing.OWNER && !member.draining())
                .count();
    }

    /** The first 100 users, by the node that owns them. */
    static Map<String, List<String>> keys(String coordinator) {
        try (Operator operator = operator(coordinator)) {
            Ring ring = operator.rings().ring("game");
            return IntStream.rangeClosed(1, 100)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.groupingBy(
                            key -> ring.owner(key).orElseThrow().id()));
        }
    }

    @Override
    public void close() {
        processes.forEach(GatehouseProcess::close);
    }
}
