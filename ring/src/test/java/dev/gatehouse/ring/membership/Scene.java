package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Reported;
import dev.gatehouse.ring.membership.MembershipEvent.Started;
import dev.gatehouse.ring.membership.MembershipEvent.TimePassed;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Memberships that a test tells what happens, with a clock that it moves. */
final class Scene {
    final MembershipSettings settings;
    Memberships now = Memberships.NONE;
    private long clockMillis = 1_000_000;

    Scene(RingAlgorithm algorithm) {
        settings = new MembershipSettings(
                new RingSettings(algorithm, 16, 0),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                100,
                100_000,
                MembershipSettings.RING_BYTES_MAX);
        tell(new Started(1));
    }

    /** A scene where these members of {@code db} own. */
    static Scene of(String... ids) {
        Scene scene = new Scene(RingAlgorithm.XXH64);
        for (String id : ids) {
            scene.join(id);
            scene.finish();
        }
        return scene;
    }

    /** A scene where db1, whose backup is db2, and db2, db3, db4 own: when db1 goes for good, db3 and db4 take of db2. */
    static Scene ofFourWithABackup() {
        Scene scene = new Scene(RingAlgorithm.XXH64);
        scene.tell(new Joined(new Node("db1", "db1", "db", "db1", 7000, 1, List.of("db2"))));
        scene.finish();
        for (String id : List.of("db2", "db3", "db4")) {
            scene.join(id);
            scene.finish();
        }
        return scene;
    }

    void tell(MembershipEvent event) {
        now = now.after(event, settings, clockMillis);
    }

    void join(String id) {
        tell(new Joined(Node.of(id, "db", id, 7000)));
    }

    void report(String id, NodeState state, long transferId) {
        tell(new Reported(id, state, transferId));
    }

    /** All whose report is awaited send it. */
    void finish() {
        long id = transferId();
        for (String awaited : awaited()) {
            report(awaited, NodeState.NORMAL, id);
        }
    }

    void pass(Duration time) {
        clockMillis += time.toMillis();
        tell(new TimePassed());
    }

    long clockMillis() {
        return clockMillis;
    }

    RingMember member(String id) {
        return now.member(id).orElseThrow().member();
    }

    boolean has(String id) {
        return now.member(id).isPresent();
    }

    Standing standing(String id) {
        return member(id).standing();
    }

    /** The pending change's id; 0 if there is none. */
    long transferId() {
        return now.pending().map(p -> p.moved().transferId()).orElse(0L);
    }

    Optional<Change> pending() {
        return now.pending().map(PendingChange::change);
    }

    List<Change> queue() {
        return now.queue();
    }

    SortedSet<String> awaited() {
        return now.pending().map(PendingChange::awaited).orElse(new TreeSet<>());
    }

    /** Who owns a key now. */
    Optional<String> owner(String key) {
        return now.snapshot(settings).ring("db").owner(key).map(RingMember::id);
    }
}
