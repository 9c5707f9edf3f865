package dev.gatehouse.etcd;

import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.ring.membership.Memberships;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One of several in an election, and what it heard. */
final class Rival implements Store.Candidate {
    /** Follows, but nobody known. */
    static final String NOBODY = "nobody";

    private final List<Long> epochs = new CopyOnWriteArrayList<>();
    private volatile Memberships kept = Memberships.NONE;
    private volatile String leader = "";

    static Rival campaigning(Store store, String address) {
        Rival rival = new Rival();
        store.campaign(address, rival);
        return rival;
    }

    /** Those in which it leads or led. */
    List<Long> epochs() {
        return epochs;
    }

    Memberships kept() {
        return kept;
    }

    /** Whom it follows; empty while it leads, and before it heard anything. */
    String leader() {
        return leader;
    }

    @Override
    public void leads(long epoch, Memberships kept) {
        this.kept = kept;
        leader = "";
        epochs.add(epoch);
    }

    @Override
    public void follows(Optional<String> leader) {
        this.leader = leader.orElse(NOBODY);
    }
}
