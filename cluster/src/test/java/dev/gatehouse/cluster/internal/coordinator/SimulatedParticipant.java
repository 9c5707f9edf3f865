package dev.gatehouse.cluster.internal.coordinator;

import static dev.gatehouse.cluster.TestParticipant.SECRET;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node, a watcher or an operator, as those of this module behave. */
final class SimulatedParticipant extends SimulatedProcess {
    private static final String NONCE = "00112233445566778899aabbccddeeff";
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    /** The longest wait before it connects again. */
    Duration patience = Duration.ofSeconds(5);

    private final List<SimulatedCoordinator> coordinators;
    private final Participant participant;
    private final Consumer<RingSnapshot> rings;

    private @Nullable SimulatedConnection connection;
    private boolean alive;
    private boolean verified;
    private int next;
    private Optional<RingVersion> newest = Optional.empty();
    private long heardNanos;
    private long lookedNanos;
    private long silenceNanos = Duration.ofSeconds(10).toNanos();
    private long transferId;

    /** @param rings hears of all rings, as they arrive */
    SimulatedParticipant(
            Simulation simulation,
            List<SimulatedCoordinator> coordinators,
            Participant participant,
            Consumer<RingSnapshot> rings) {
        super(simulation);
        this.coordinators = coordinators;
        this.participant = participant;
        this.rings = rings;
    }

    Participant participant() {
        return participant;
    }

    String id() {
        return participant.id();
    }

    boolean alive() {
        return alive;
    }

    void start() {
        beginAnew();
        alive = true;
        transferId = 0;
        newest = Optional.empty();
        lookedNanos = simulation.nanos();
        connect();
        look();
    }

    /** Ends the process; the coordinator sees that, unless the network is gone, too. */
    void crash(boolean silently) {
        alive = false;
        beginAnew();
        if (connection != null) {
            if (silently) {
                connection.cutOff();
            } else {
                connection.breakOff();
            }
            connection = null;
        }
    }

    /** The network between it and the coordinator loses its connection. */
    void loseConnection(boolean silently) {
        if (connection != null) {
            if (silently) {
                connection.cutOff();
            } else {
                connection.breakOff();
            }
        }
    }

    void leave() {
        say(new Message.Leave());
    }

    /** Says what it is in, of no change. */
    void report(NodeState state) {
        say(new Message.State(state, 0));
    }

    /** An operator's order. */
    void drain(String id, boolean draining) {
        say(new Message.Drain(1, id, draining));
    }

    private void say(Message message) {
        if (connection != null && verified) {
            connection.say(message);
        }
    }

    void greeted(SimulatedConnection from, String key) {
        if (from == connection) {
            from.say(new Message.Verify(participant, NONCE, Proof.ofParticipant(SECRET, key, NONCE, participant)));
        }
    }

    void told(SimulatedConnection from, Message message) {
        if (from != connection) {
            return;
        }
        heardNanos = simulation.nanos();
        switch (message) {
            case Message.Verified welcome -> {
                verified = true;
                silenceNanos = Duration.ofMillis(welcome.silenceMillis()).toNanos();
                report();
            }
            case Message.Failure failure
            when names().contains(failure.leader()) -> next = names().indexOf(failure.leader());
            case Message.Ping(int number) -> from.say(new Message.Pong(number));
            case Message.Ring(RingSnapshot snapshot)
            when newest.filter(version -> version.compareTo(snapshot.version()) >= 0)
                    .isEmpty() -> {
                newest = Optional.of(snapshot.version());
                rings.accept(snapshot);
                snapshot.pending()
                        .filter(pending -> pending.transfers().stream().anyMatch(t -> t.concerns(id())))
                        .ifPresent(pending -> transfer(pending.transferId()));
            }
            default -> {}
        }
    }

    /** Moves its data, and says so. */
    private void transfer(long id) {
        if (simulation.chance(0.3)) {
            say(new Message.State(simulation.chance(0.5) ? NodeState.IMPORTING : NodeState.EXPORTING, id));
        }
        later(simulation.between(0, 1500), () -> {
            transferId = id;
            report();
        });
    }

    void disconnected(SimulatedConnection from) {
        if (from == connection) {
            connection = null;
            connectLater();
        }
    }

    private void report() {
        if (participant.node().isPresent()) {
            say(new Message.State(NodeState.NORMAL, transferId));
        }
    }

    private List<String> names() {
        return coordinators.stream().map(SimulatedCoordinator::name).toList();
    }

    private void connect() {
        heardNanos = simulation.nanos();
        verified = false;
        SimulatedCoordinator coordinator = coordinators.get(next);
        next = (next + 1) % coordinators.size();
        if (coordinator.alive()) {
            connection = coordinator.accept(this);
        } else {
            connectLater();
        }
    }

    private void connectLater() {
        later(simulation.between(100, patience.toMillis()), () -> {
            if (connection == null) {
                connect();
            }
        });
    }

    /** Whether the coordinator has been silent for too long, while this process ran. */
    private void look() {
        long now = simulation.nanos();
        if (now - lookedNanos > PAUSE_NANOS) {
            heardNanos = now;
        }
        lookedNanos = now;
        if (connection != null && now - heardNanos > silenceNanos) {
            SimulatedConnection silent = connection;
            connection = null;
            silent.breakOff();
            connectLater();
        }
        later(LOOK, this::look);
    }
}
