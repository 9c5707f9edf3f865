package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.GatehouseProcess;
import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.Operator;
import dev.gatehouse.etcd.process.Ports;
import dev.gatehouse.ring.snapshot.Ring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Processes of a cluster: a coordinator with a file store, nodes of the service {@code game}, and a gateway that follows the rings. */
final class ClusterProcesses {
    private static final String SECRET_TEXT = "end-to-end";
    private static final Map<String, String> SECRET = Map.of("GATEHOUSE_CLUSTER_SECRET", SECRET_TEXT);
    private static final String CONNECTED = "connected to the coordinator";
    private static final String SILENT = "the coordinator is silent";
    private static final Duration WAIT = Duration.ofSeconds(60);

    private final Processes processes;
    private final Path store;
    private final List<String> coordinatorSettings;
    private final String address;
    private final List<ServiceProcess> nodes;
    private final GatewayProcess gateway;
    private GatehouseProcess coordinator;

    /** Starts a cluster whose nodes all own, seen by its gateway. */
    ClusterProcesses(Processes processes, Path store, int count, String... coordinatorSettings) {
        this.processes = processes;
        this.store = store;
        this.coordinatorSettings = List.of(coordinatorSettings);
        address = "127.0.0.1:" + Ports.free();
        coordinator = startCoordinator();
        List<ChildProcess> started = IntStream.rangeClosed(1, count)
                .mapToObj(number -> processes.add(ServiceProcess.clustered("game" + number, address, SECRET)))
                .toList();
        nodes = started.stream().map(ServiceProcess::ready).toList();
        gateway = processes.add(GatewayProcess.start("trunk", List.of(), gatewaySettings(address), SECRET));
        await("all nodes linked")
                .atMost(WAIT)
                .until(() -> IntStream.rangeClosed(1, count)
                        .allMatch(number -> gateway.metrics().links("game" + number) > 0));
    }

    /** That a node stands still is for the coordinator to find out; a move loses nothing when the machine stalls. */
    private static String gatewaySettings(String coordinator) {
        return """
                coordinator: {addresses: '%s'}
                ping-interval: 60s
                detach-timeout: 30s
                """.formatted(coordinator);
    }

    private GatehouseProcess startCoordinator() {
        List<String> arguments =
                new ArrayList<>(List.of("coordinator", "--listen", address, "--store", "file:" + store));
        coordinatorSettings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        GatehouseProcess process = processes.add(GatehouseProcess.startFast(SECRET, arguments));
        process.awaitReady();
        return process;
    }

    GatewayProcess gateway() {
        return gateway;
    }

    GatehouseProcess coordinator() {
        return coordinator;
    }

    /** The node of this number, from 1. */
    ChildProcess node(int number) {
        return nodes.get(number - 1).process();
    }

    /** Sessions at each node, as the gateway has it. */
    List<Long> attached() {
        Metrics metrics = gateway.metrics();
        return IntStream.rangeClosed(1, nodes.size())
                .mapToObj(number -> metrics.attached("game" + number))
                .toList();
    }

    /** The owner of each of so many users, by the ring that the coordinator publishes now. */
    Map<Long, String> owners(int users) {
        ClusterAccess access = ClusterAccess.of(List.of(address), ClusterSecret.of(SECRET_TEXT));
        try (Operator operator = Operator.connect(access, WAIT)) {
            Ring ring = operator.rings().ring("game");
            return LongStream.rangeClosed(1, users)
                    .boxed()
                    .collect(Collectors.toMap(
                            user -> user,
                            user -> ring.owner(Long.toString(user))
                                    .orElseThrow()
                                    .id()));
        }
    }

    /** Starts the coordinator, which was killed, where it was. */
    void restartCoordinator() {
        coordinator = startCoordinator();
    }

    /** How often nodes and gateway have connected to a coordinator. */
    List<Long> connects() {
        return lines(line -> line.contains(CONNECTED));
    }

    /** Waits until nodes and gateway have all noticed that the coordinator says nothing. */
    void awaitSilence() {
        await("all have lost the coordinator")
                .atMost(WAIT)
                .until(() -> lines(line -> line.contains(SILENT)).stream().allMatch(count -> count > 0));
    }

    /** How many such lines the nodes and the gateway have logged. */
    private List<Long> lines(Predicate<String> such) {
        return Stream.concat(nodes.stream().map(ServiceProcess::process), Stream.of(gateway.process()))
                .map(process -> process.errors().stream().filter(such).count())
                .toList();
    }

    /** Waits until nodes and gateway have all connected once more than they had. */
    void awaitConnectedAfter(List<Long> before) {
        await("all connected again")
                .atMost(WAIT)
                .until(() -> IntStream.range(0, before.size())
                        .allMatch(i -> connects().get(i) > before.get(i)));
    }

    /** Does something as an operator. */
    void operate(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--coordinator", address));
        try (GatehouseProcess operator = GatehouseProcess.startFast(SECRET, arguments)) {
            assertThat(operator.awaitExit())
                    .as("%s: %s", arguments, operator.errorText())
                    .isZero();
        }
    }
}
