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
import java.util.function.UnaryOperator;

/** A coordinator, nodes of two services and watchers in one simulation, and their history. */
final class SimulatedCluster {
    static final CoordinatorConfig CONFIG = CoordinatorConfig.DEFAULT.toBuilder()
            .membership(new MembershipSettings(
                    new RingSettings(RingAlgorithm.XXH64, 16, 0),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(1),
                    100,
                    10_000))
            .build();

    final Simulation simulation;
    final History history = new History();
    final SimulatedStore store;
    final SimulatedCoordinator coordinator;
    final List<SimulatedParticipant> nodes = new ArrayList<>();
    final List<SimulatedParticipant> watchers = new ArrayList<>();

    SimulatedCluster(long seed, int nodeCount) {
        this(seed, nodeCount, CONFIG, UnaryOperator.identity());
    }

    /** @param network what becomes of rings on their way to watchers */
    SimulatedCluster(long seed, int nodeCount, CoordinatorConfig config, UnaryOperator<RingSnapshot> network) {
        simulation = new Simulation(seed);
        store = new SimulatedStore(simulation);
        coordinator = new SimulatedCoordinator(simulation, config, store, history);
        for (int i = 1; i <= nodeCount; i++) {
            Node node = new Node(
                    "n" + i,
                    "",
                    i % 3 == 0 ? "chat" : "game",
                    "127.0.0.1",
                    7000 + i,
                    1 + i % 2,
                    List.of("n" + (i + 1)));
            nodes.add(new SimulatedParticipant(simulation, coordinator, Participant.of(node), rings -> {}));
        }
        for (int i = 1; i <= 2; i++) {
            String id = "w" + i;
            watchers.add(new SimulatedParticipant(
                    simulation,
                    coordinator,
                    Participant.watcher(id),
                    rings -> history.observed(id, network.apply(rings))));
        }
    }

    /** Starts all, and waits until every node owns. */
    void start() {
        coordinator.start();
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

    /** Ids of the members that own now. */
    List<String> owners() {
        return history.latest().members().stream()
                .filter(member -> member.standing() == Standing.OWNER)
                .map(member -> member.id())
                .toList();
    }
}
