package dev.gatehouse.cluster.internal.coordinator;

import static dev.gatehouse.cluster.TestParticipant.SECRET;

import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A coordinator's process, with the real rules in it. */
final class SimulatedCoordinator extends SimulatedProcess {
    private final CoordinatorConfig config;
    /** The rules' clock, if it isn't the true one. */
    Optional<LoopClock> clock = Optional.empty();

    private final String name;
    private final SimulatedMedium medium;
    private final History history;
    private final Set<SimulatedConnection> connections = new LinkedHashSet<>();

    private @Nullable Coordination rules;
    private boolean alive;
    private long numbers;

    /** @param name its address */
    SimulatedCoordinator(
            String name, Simulation simulation, CoordinatorConfig config, SimulatedMedium medium, History history) {
        super(simulation);
        this.name = name;
        this.config = config;
        this.medium = medium;
        this.history = history;
    }

    String name() {
        return name;
    }

    Coordination rules() {
        return Objects.requireNonNull(rules, "not started");
    }

    /** Rings go out on a connection. */
    void published(RingSnapshot rings) {
        history.published(rules(), rings, simulation.nanos());
    }

    boolean alive() {
        return alive;
    }

    boolean knows(SimulatedConnection connection) {
        return connections.contains(connection);
    }

    void start() {
        beginAnew();
        alive = true;
        Store opened = medium.open(this);
        Coordination fresh = new Coordination(
                config,
                SECRET,
                opened,
                clock.orElseGet(() -> LoopClock.of(config, simulation)),
                task -> later(Duration.ZERO, task));
        rules = fresh;
        opened.campaign(name, new Store.Candidate() {
            @Override
            public void leads(long epoch, Memberships kept) {
                fresh.lead(epoch, kept);
            }

            @Override
            public void follows(Optional<String> leader) {
                fresh.follow(leader);
            }
        });
        tick();
    }

    /** As by SIGKILL. */
    void kill() {
        alive = false;
        beginAnew();
        // In their order: the same seed gives the same history.
        List<SimulatedConnection> lost = List.copyOf(connections);
        connections.clear();
        lost.forEach(SimulatedConnection::breakOff);
    }

    /** The kernel accepts, also while the process is stopped. */
    SimulatedConnection accept(SimulatedParticipant participant) {
        SimulatedConnection connection = new SimulatedConnection(simulation, this, participant, ++numbers);
        connections.add(connection);
        execute(() -> {
            if (knows(connection)) {
                String key = Proof.newKey();
                Visit visit = rules().expect(connection, key);
                connection.opened(visit, key);
                rules().opened(visit);
            }
        });
        return connection;
    }

    private void tick() {
        rules().tick();
        later(Coordination.TICK, this::tick);
    }
}
