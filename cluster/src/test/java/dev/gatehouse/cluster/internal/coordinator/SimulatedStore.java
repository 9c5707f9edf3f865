package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.ring.membership.Memberships;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What outlives a simulated coordinator, which always leads. A save takes its time, and one that death interrupts is kept or not, by chance.
 */
final class SimulatedStore implements SimulatedMedium {
    Memberships kept = Memberships.NONE;

    /** Whether a save is said to be done when it has only begun: a fault. */
    boolean hasty;

    /** The longest time that a save may take. */
    Duration patience = Duration.ofMillis(30);

    private final Simulation simulation;
    private Optional<Memberships> underWay = Optional.empty();
    private long saves;

    SimulatedStore(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public Store open(SimulatedCoordinator coordinator) {
        underWay.filter(memberships -> simulation.chance(0.5)).ifPresent(memberships -> kept = memberships);
        underWay = Optional.empty();
        return new Store() {
            @Override
            public void campaign(String address, Candidate candidate) {
                candidate.leads(kept.version().epoch() + 1, kept);
            }

            @Override
            public CompletableFuture<Void> save(Memberships memberships) {
                CompletableFuture<Void> done = SimulatedStore.this.save(memberships);
                return hasty ? CompletableFuture.completedFuture(null) : done;
            }

            @Override
            public void close() {}
        };
    }

    private CompletableFuture<Void> save(Memberships memberships) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long number = ++saves;
        underWay = Optional.of(memberships);
        simulation.after(simulation.between(0, patience.toMillis()), () -> {
            if (underWay.isPresent() && number == saves) {
                kept = memberships;
                underWay = Optional.empty();
                done.complete(null);
            }
        });
        return done;
    }
}
