package dev.gatehouse.cluster.store;

import dev.gatehouse.ring.membership.Memberships;
import java.util.concurrent.CompletableFuture;

/** Keeps memberships in a field. Any thread. */
final class MemoryStore implements Store {
    private volatile Memberships kept = Memberships.NONE;

    @Override
    public void campaign(String address, Candidate candidate) {
        candidate.check(kept);
        candidate.leads(kept.version().epoch() + 1, kept);
    }

    @Override
    public CompletableFuture<Void> save(Memberships memberships) {
        kept = memberships;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
