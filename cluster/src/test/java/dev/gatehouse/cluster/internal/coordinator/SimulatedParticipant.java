package dev.gatehouse.cluster.internal.coordinator;

import static dev.gatehouse.cluster.TestParticipant.SECRET;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node or a watcher, as the agents of this module behave. */
final class SimulatedParticipant extends SimulatedProcess {
    private static final String NONCE = "00112233445566778899aabbccddeeff";
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final SimulatedCoordinator coordinator;
    private final Participant participant;
    private final Consumer<RingSnapshot> rings;

    private @Nullable SimulatedConnection connection;
    private boolean alive;
    private long heardNanos;
    private long lookedNanos;
    private long silenceNanos = Duration.ofSeconds(10).toNanos();
    private long transferId;

    /** @param rings hears of all rings, as they arrive */
    SimulatedParticipant(
            Simulation simulation,
            SimulatedCoordinator coordinator,
            Participant participant,
            Consumer<RingSnapshot> rings) {
        super(simulation);
        this.coordinator = coordinator;
        this.participant = participant;
        this.rings = rings;
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
        if (connection != null) {
            connection.say(new Message.Leave());
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
            case Message.Verified verified -> {
                silenceNanos = Duration.ofMillis(verified.silenceMillis()).toNanos();
                report();
            }
            case Message.Ping(int number) -> from.say(new Message.Pong(number));
            case Message.Ring(RingSnapshot snapshot) -> {
                rings.accept(snapshot);
                snapshot.pending()
                        .filter(pending -> pending.transfers().stream().anyMatch(t -> t.concerns(id())))
                        .ifPresent(pending -> later(simulation.between(0, 1500), () -> {
                            transferId = pending.transferId();
                            report();
                        }));
            }
            default -> {}
        }
    }

    void disconnected(SimulatedConnection from) {
        if (from == connection) {
            connection = null;
            connectLater();
        }
    }

    private void report() {
        if (connection != null && participant.node().isPresent()) {
            connection.say(new Message.State(NodeState.NORMAL, transferId));
        }
    }

    private void connect() {
        heardNanos = simulation.nanos();
        if (coordinator.alive()) {
            connection = coordinator.accept(this);
        } else {
            connectLater();
        }
    }

    private void connectLater() {
        later(simulation.between(100, 5000), () -> {
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
