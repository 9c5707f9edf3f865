package dev.gatehouse.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.ring.membership.MembershipEvent;
import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link Store} promises. */
public abstract class StoreContract {
    /** So that what is kept is short enough to be damaged at every byte. */
    private static final MembershipSettings FEW_POINTS = new MembershipSettings(
            new RingSettings(RingAlgorithm.XXH64, 4, 0),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            1000,
            1 << 20,
            MembershipSettings.RING_BYTES_MAX);

    private final List<Store> opened = new ArrayList<>();

    /** A store over the same medium as the others of this test. */
    protected abstract Store newStore();

    /** Memberships of an epoch with so many nodes, with changes pending and queued. */
    protected static Memberships memberships(long epoch, int nodes) {
        Memberships memberships = Memberships.NONE.after(new MembershipEvent.Started(epoch), FEW_POINTS, 0);
        for (int i = 1; i <= nodes; i++) {
            Node node = new Node("db" + i, "é \"quoted\"", "db", "::1", 7000 + i, i, List.of("db1", "db2"));
            memberships = memberships.after(new MembershipEvent.Joined(node), FEW_POINTS, i);
        }
        return memberships;
    }

    @AfterEach
    void closeStores() {
        opened.forEach(Store::close);
    }

    @Test
    void beginsWithNothing() {
        Election election = campaign(open());
        assertThat(election.kept).isEqualTo(Memberships.NONE);
        assertThat(election.epoch).isPositive();
    }

    @Test
    void givesTheNextLeaderWhatWasKeptLastAndALaterEpoch() {
        Store first = open();
        Election before = campaign(first);
        first.save(memberships(before.epoch, 1)).join();
        first.save(memberships(before.epoch, 3)).join();
        first.close();
        Election after = campaign(open());
        assertThat(after.kept).isEqualTo(memberships(before.epoch, 3));
        assertThat(after.epoch).isGreaterThan(before.epoch);
    }

    @Test
    void keepsWhatIsKeptWhenALeaderSavesNothing() {
        Store first = open();
        Election before = campaign(first);
        first.save(memberships(before.epoch, 2)).join();
        first.close();
        Store idle = open();
        campaign(idle);
        idle.close();
        assertThat(campaign(open()).kept).isEqualTo(memberships(before.epoch, 2));
    }

    /** Opens a store, which the test closes at its end. */
    protected Store open() {
        Store store = newStore();
        opened.add(store);
        return store;
    }

    /** Takes part in the election, and waits until it is won. */
    protected static Election campaign(Store store) {
        Election election = new Election();
        store.campaign("127.0.0.1:12345", election);
        if (election.epoch == 0) {
            await().atMost(Duration.ofMinutes(1)).until(() -> election.epoch > 0);
        }
        return election;
    }

    /** Hears how an election goes. */
    protected static final class Election implements Store.Candidate {
        volatile long epoch;
        volatile Memberships kept = Memberships.NONE;

        /** The epoch in which it leads; 0 while it doesn't. */
        public long epoch() {
            return epoch;
        }

        /** What was kept when it began to lead. */
        public Memberships kept() {
            return kept;
        }

        @Override
        public void leads(long epoch, Memberships kept) {
            this.kept = kept;
            this.epoch = epoch;
        }

        @Override
        public void follows(Optional<String> leader) {
            epoch = 0;
        }
    }
}
