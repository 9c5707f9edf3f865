package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A coordinator, nodes of two services and watchers in one simulation, and their history. */
final class SimulatedCluster {
    static final CoordinatorConfig CONFIG = CoordinatorConfig.DEFAULT.toBuilder()
            .membership(new MembershipSettings(
                    new RingSettings(RingAlgorithm.XXH64, 16, 0),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(1),
                    100,
                    10_000,
                    MembershipSettings.RING_BYTES_MAX))
            .build();

    final Simulation simulation;
    final History history = new History();
    final SimulatedStore store;
    final List<SimulatedCoordinator> coordinators = new ArrayList<>();
    /** The first, or only one. */
    final SimulatedCoordinator coordinator;

    final SimulatedParticipant operator;
    final List<SimulatedParticipant> nodes = new ArrayList<>();
    final List<SimulatedParticipant> watchers = new ArrayList<>();

    SimulatedCluster(long seed, int nodeCount) {
        this(seed, nodeCount, CONFIG, UnaryOperator.identity());
    }

    /** @param network what becomes of rings on their way to watchers */
    SimulatedCluster(long seed, int nodeCount, CoordinatorConfig config, UnaryOperator<RingSnapshot> network) {
        this(new Simulation(seed), nodeCount, config, network, Optional.empty());
    }

    /** Two coordinators, of which one leads. */
    static SimulatedCluster ofTwo(long seed, int nodeCount, CoordinatorConfig config, SimulatedEtcd.Rules rules) {
        Simulation simulation = new Simulation(seed);
        return new SimulatedCluster(
                simulation,
                nodeCount,
                config,
                UnaryOperator.identity(),
                Optional.of(new SimulatedEtcd(simulation, rules)));
    }

    private SimulatedCluster(
            Simulation simulation,
            int nodeCount,
            CoordinatorConfig config,
            UnaryOperator<RingSnapshot> network,
            Optional<SimulatedEtcd> etcd) {
        this.simulation = simulation;
        store = new SimulatedStore(simulation);
        SimulatedMedium medium = etcd.<SimulatedMedium>map(shared -> shared).orElse(store);
        for (int i = 1; i <= (etcd.isPresent() ? 2 : 1); i++) {
            coordinators.add(new SimulatedCoordinator("c" + i, simulation, config, medium, history));
        }
        coordinator = coordinators.getFirst();
        operator = new SimulatedParticipant(simulation, coordinators, Participant.operator("op"), rings -> {});
        for (int i = 1; i <= nodeCount; i++) {
            Node node = new Node(
                    "n" + i,
                    "",
                    i % 3 == 0 ? "chat" : "game",
                    "127.0.0.1",
                    7000 + i,
                    1 + i % 2,
                    List.of("n" + (i + 1)));
            nodes.add(new SimulatedParticipant(simulation, coordinators, Participant.of(node), rings -> {}));
        }
        for (int i = 1; i <= 2; i++) {
            String id = "w" + i;
            watchers.add(new SimulatedParticipant(
                    simulation,
                    coordinators,
                    Participant.watcher(id),
                    rings -> history.observed(id, network.apply(rings))));
        }
    }

    /** Starts all, and waits until every node owns. */
    void start() {
        coordinators.forEach(SimulatedCoordinator::start);
        operator.start();
        nodes.forEach(SimulatedParticipant::start);
        watchers.forEach(SimulatedParticipant::start);
        run(Duration.ofSeconds(60));
    }

    void run(Duration time) {
        simulation.run(time);
    }

    SimulatedParticipant anyNode() {
        return nodes.get(simulation.random.nextInt(nodes.size()));
    }

    /** Another process that shows the same id. */
    SimulatedParticipant twin(SimulatedParticipant node) {
        return new SimulatedParticipant(simulation, coordinators, node.participant(), rings -> {});
    }

    /** Who leads, as it believes. */
    SimulatedCoordinator leader() {
        return coordinators.stream()
                .filter(some -> some.alive() && some.rules().statistics(0).leading())
                .findFirst()
                .orElseThrow();
    }

    SimulatedCoordinator anyCoordinator() {
        return coordinators.get(simulation.random.nextInt(coordinators.size()));
    }

    /** Ids of the members that own now. */
    List<String> owners() {
        return history.latest().members().stream()
                .filter(member -> member.standing() == Standing.OWNER)
                .map(member -> member.id())
                .toList();
    }
}
