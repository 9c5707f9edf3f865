package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.ring.membership.Memberships;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What outlives a simulated coordinator. A save takes its time, and one that death interrupts is kept or not, by chance. */
final class SimulatedStore {
    Memberships kept = Memberships.NONE;

    private final Simulation simulation;
    private Optional<Memberships> underWay = Optional.empty();
    private long saves;

    SimulatedStore(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The store as a new life of the coordinator opens it. */
    Store open() {
        underWay.filter(memberships -> simulation.chance(0.5)).ifPresent(memberships -> kept = memberships);
        underWay = Optional.empty();
        return new Store() {
            @Override
            public void campaign(String address, Candidate candidate) {
                candidate.leads(kept.version().epoch() + 1, kept);
            }

            @Override
            public CompletableFuture<Void> save(Memberships memberships) {
                return SimulatedStore.this.save(memberships);
            }

            @Override
            public void close() {}
        };
    }

    private CompletableFuture<Void> save(Memberships memberships) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long number = ++saves;
        underWay = Optional.of(memberships);
        simulation.after(simulation.between(0, 30), () -> {
            if (underWay.isPresent() && number == saves) {
                kept = memberships;
                underWay = Optional.empty();
                done.complete(null);
            }
        });
        return done;
    }
}
