package dev.gatehouse.app.coordinators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.NeedsTool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a coordinator or to etcd, the rings that watchers see at all coordinators have one owner in each version, and a leader is there soon. */
@Tag("long")
@Timeout(400)
@NeedsTool(command = "etcd", install = "apt-get install etcd-server")
@NeedsTool(command = "ip", install = "apt-get install iproute2")
@NeedsTool(
        command = "unshare",
        works = {"--net", "true"},
        install = "apt-get install util-linux, and run the tests as root")
class CoordinatorsTest {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Twice the lease and 2 s. */
    private static final Duration SUCCESSION = LEASE.multipliedBy(2).plusSeconds(2);

    private Coordinators coordinators;

    @BeforeEach
    void start(@TempDir Path folder) {
        coordinators = new Coordinators(folder, LEASE);
        coordinators.start(Coordinators.FAR);
        coordinators.awaitOwner("game1");
        coordinators.awaitOwner("game2");
        coordinators.awaitOwner("game3");
    }

    @AfterEach
    void stop() {
        coordinators.close();
    }

    @Test
    void anotherLeadsSoonWhenTheLeaderIsKilled() {
        long epoch = coordinators.recording().epoch();
        String leader = leader();
        long killed = System.currentTimeMillis();
        coordinators.process(leader).signal("KILL");
        long next = coordinators.awaitEpochAfter(epoch);
        assertSucceededInTime(next, killed);
        coordinators.startCoordinator(leader);
        coordinators.join("game4");
        coordinators.awaitOwner("game4");
        coordinators.recording().check();
    }

    @Test
    void aLeaderThatWasStoppedPublishesNothingWhenItGoesOn() {
        long epoch = coordinators.recording().epoch();
        String leader = leader();
        long stopped = System.currentTimeMillis();
        coordinators.process(leader).signal("STOP");
        long next = coordinators.awaitEpochAfter(epoch);
        assertSucceededInTime(next, stopped);
        coordinators.join("game4");
        coordinators.awaitOwner("game4");
        long resumed = System.currentTimeMillis();
        coordinators.process(leader).signal("CONT");
        awaitEndAt(leader, resumed);
        coordinators.join("game5");
        coordinators.awaitOwner("game5");
        assertThat(ringsAt(leader, resumed)).isZero();
        coordinators.recording().check();
    }

    @Test
    void aLeaderThatIsCutOffFromEtcdClosesItsConnectionsBeforeAnotherLeads() {
        long epoch = coordinators.recording().epoch();
        assertThat(leader()).isEqualTo(Coordinators.FAR);
        long cut = System.currentTimeMillis();
        coordinators.cutFarFromEtcd();
        awaitEndAt(Coordinators.FAR, cut);
        long next = coordinators.awaitEpochAfter(epoch);
        assertSucceededInTime(next, cut);
        Recording recording = coordinators.recording();
        long begun = recording.first(next).orElseThrow().millis();
        assertThat(recording.ends())
                .anyMatch(end -> end.observer().equals(Recording.PINNED + Coordinators.FAR)
                        && end.millis() >= cut
                        && end.millis() < begun);
        coordinators.healFar();
        coordinators.join("game4");
        coordinators.awaitOwner("game4");
        coordinators.process(Coordinators.FAR).awaitError("etcd answers again");
        coordinators.recording().check();
    }

    @Test
    void aMemberOfEtcdThatDiesIsHardlyNoticed() {
        for (int i = 1; i <= 3; i++) {
            String etcd = "etcd" + i;
            coordinators.process(etcd).signal("KILL");
            coordinators.process(etcd).awaitExit();
            coordinators.join("game" + (3 + i));
            coordinators.awaitOwner("game" + (3 + i));
            coordinators.startEtcd(etcd);
        }
        coordinators.recording().check();
    }

    @Test
    void nothingIsPublishedWithoutAQuorumOfEtcd() {
        long epoch = coordinators.recording().epoch();
        coordinators.process("etcd1").signal("STOP");
        coordinators.process("etcd2").signal("STOP");
        String leader = leader();
        coordinators.process(leader).awaitError("etcd can't be used");
        coordinators.process(leader).awaitError("the lead in epoch " + epoch + " is over");
        coordinators.join("game4");
        long silent = System.currentTimeMillis();
        // The others would have led by now.
        await().pollDelay(SUCCESSION).atMost(PATIENCE).until(() -> true);
        assertThat(coordinators.recording().rings()).noneMatch(seen -> seen.millis() > silent);
        coordinators.process("etcd1").signal("CONT");
        coordinators.process("etcd2").signal("CONT");
        coordinators.awaitOwner("game4");
        coordinators.recording().check();
    }

    /** Nodes may have seen a ring of an epoch before whoever watches its leader only. */
    private String leader() {
        return await("who leads")
                .atMost(PATIENCE)
                .until(this::leaderOfLastEpoch, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> leaderOfLastEpoch() {
        Recording recording = coordinators.recording();
        return recording.leader(recording.epoch());
    }

    private void assertSucceededInTime(long epoch, long sinceMillis) {
        long begun = coordinators.recording().first(epoch).orElseThrow().millis();
        assertThat(Duration.ofMillis(begun - sinceMillis)).isLessThanOrEqualTo(SUCCESSION);
    }

    private void awaitEndAt(String coordinator, long sinceMillis) {
        await(coordinator + " ends connections")
                .atMost(PATIENCE)
                .until(() -> coordinators.recording().ends().stream()
                        .anyMatch(end ->
                                end.observer().equals(Recording.PINNED + coordinator) && end.millis() >= sinceMillis));
    }

    private long ringsAt(String coordinator, long sinceMillis) {
        return coordinators.recording().rings().stream()
                .filter(seen -> seen.observer().equals(Recording.PINNED + coordinator) && seen.millis() >= sinceMillis)
                .count();
    }
}
