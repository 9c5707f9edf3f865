package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection between a simulated participant and the coordinator: in order each way, with delays; it can break, which either side sees, and it can
 * be cut off, which neither does.
 */
final class SimulatedConnection implements Peer {
    private final Simulation simulation;
    private final SimulatedCoordinator coordinator;
    private final SimulatedParticipant participant;
    private final long number;

    private @Nullable Visit visit;
    private boolean broken;
    private boolean cutOff;
    private long nextToCoordinator;
    private long nextToParticipant;

    SimulatedConnection(
            Simulation simulation, SimulatedCoordinator coordinator, SimulatedParticipant participant, long number) {
        this.simulation = simulation;
        this.coordinator = coordinator;
        this.participant = participant;
        this.number = number;
    }

    void opened(Visit accepted, String key) {
        visit = accepted;
        toParticipant(() -> participant.greeted(this, key));
    }

    /** The participant sends. */
    void say(Message message) {
        toCoordinator(visit -> coordinator.rules().received(visit, message));
    }

    /** Ends it; the coordinator and the participant see that, if they still can. */
    void breakOff() {
        if (!broken) {
            toParticipant(() -> participant.disconnected(this));
            toCoordinator(visit -> coordinator.rules().closed(visit));
            broken = true;
        }
    }

    /** From now on nothing comes through, and nobody sees why. */
    void cutOff() {
        cutOff = true;
    }

    @Override
    public long id() {
        return number;
    }

    @Override
    public void send(Message message) {
        toParticipant(() -> participant.told(this, message));
    }

    @Override
    public void publish(byte[] ring) {
        Message message = MessageCodec.decode(Unpooled.wrappedBuffer(ring));
        coordinator.published(((Message.Ring) message).rings());
        send(message);
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void trust() {}

    @Override
    public void close(Message.Failure failure) {
        send(failure);
        close();
    }

    @Override
    public void close() {
        breakOff();
    }

    private void toCoordinator(Consumer<Visit> arrival) {
        Visit known = visit;
        if (!broken && known != null) {
            nextToCoordinator = arrival(
                    nextToCoordinator,
                    () -> coordinator.execute(() -> {
                        if (coordinator.knows(this)) {
                            arrival.accept(known);
                        }
                    }));
        }
    }

    private void toParticipant(Runnable arrival) {
        if (!broken) {
            nextToParticipant = arrival(nextToParticipant, () -> participant.execute(arrival));
        }
    }

    /** After a delay of its own, but not before what was sent earlier. */
    private long arrival(long earliest, Runnable action) {
        Duration delay = simulation.chance(0.02) ? simulation.between(200, 900) : simulation.between(0, 40);
        long nanos = Math.max(earliest, simulation.nanos() + delay.toNanos());
        simulation.at(nanos, () -> {
            if (!cutOff) {
                action.run();
            }
        });
        return nanos;
    }
}
