package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator, three nodes and a gateway while clients send without pause: what happens to each of the processes, and what clients notice. */
final class ClusterUnderLoadTest {
    private static final int CLIENTS = 300;
    private static final int NODES = 3;
    private static final int NEW_USERS = 10;
    private static final long UNNOTICED_MILLIS = 2_000;
    private static final Duration WAIT = Duration.ofSeconds(30);
    /** A coordinator that the machine has made stand still gives everybody 30 s more. */
    private static final Duration TAKEN_OFF = Duration.ofSeconds(90);

    private static final Duration FROZEN = Duration.ofSeconds(15);

    @RegisterExtension
    private final Processes processes = new Processes();

    @TempDir
    private Path folder;

    private ClusterProcesses cluster(String... coordinatorSettings) {
        return new ClusterProcesses(processes, folder.resolve("store"), NODES, coordinatorSettings);
    }

    private Load load(ClusterProcesses cluster) {
        Load load = processes.add(Load.start(cluster.gateway().address(), CLIENTS));
        load.awaitAnswers(20 * CLIENTS);
        assertThat(cluster.attached()).allMatch(sessions -> sessions > 0);
        load.measureAnew();
        return load;
    }

    @Test
    void usersOfAKilledNodeAreAnsweredAgainWithinSixSeconds() {
        assertThat(silenceAfterKill(cluster())).isLessThanOrEqualTo(6_000);
    }

    @Test
    void withFastHeartbeatsItIsOneSecond() {
        assertThat(silenceAfterKill(cluster("ping-interval=200ms", "suspect-time=200ms")))
                .isLessThanOrEqualTo(1_000);
    }

    /**
     * Kills a node under load, and says for how many milliseconds some client heard nothing while the machine ran. The
     * report also tells it with the machine's stalls.
     */
    private long silenceAfterKill(ClusterProcesses cluster) {
        Load load = load(cluster);
        cluster.node(1).signal("KILL");
        await("all on the others")
                .atMost(WAIT)
                .until(() -> cluster.attached().getFirst() == 0 && sum(cluster.attached()) == CLIENTS);
        load.awaitAnswers(20 * CLIENTS);
        LoadSummary seen = load.pause();
        report("SIGKILL of a node", seen, cluster);
        assertOnlyLosses(seen, cluster);
        assertPlaced(cluster.owners(CLIENTS), load, cluster);
        return seen.runningSilenceMillisMax();
    }

    @Tag("long")
    @Test
    void aFrozenNodeIsTakenOffAndNothingOfItReachesAClient() {
        ClusterProcesses cluster = cluster();
        Load load = load(cluster);
        List<Long> connects = cluster.connects();
        cluster.node(1).signal("STOP");
        long start = System.nanoTime();
        await("all on the others")
                .atMost(TAKEN_OFF)
                .until(() -> sum(cluster.attached().subList(1, NODES)) == CLIENTS);
        Map<Long, String> owners = cluster.owners(CLIENTS);
        sleepUntil(start, FROZEN);
        cluster.node(1).signal("CONT");
        await("back").atMost(WAIT).until(() -> cluster.connects().getFirst() > connects.getFirst());
        await("stale").atMost(WAIT).until(() -> cluster.gateway().metrics().stale() > 0);
        load.awaitAnswers(20 * CLIENTS);

        LoadSummary seen = load.pause();
        report("SIGSTOP of a node", seen, cluster);
        assertOnlyLosses(seen, cluster);
        // It owns again, and nobody returns for that.
        assertPlaced(owners, load, cluster);
        // But it gets its new users.
        await("new users")
                .atMost(WAIT)
                .until(() -> NewUsers.during(
                                cluster.gateway().address(),
                                NEW_USERS,
                                () -> cluster.attached().getFirst())
                        > 0);
    }

    @Tag("long")
    @Test
    void aFrozenCoordinatorIsNoticedByNobody() {
        ClusterProcesses cluster = cluster();
        Load load = load(cluster);
        List<Long> before = cluster.attached();
        Map<Long, String> owners = cluster.owners(CLIENTS);
        List<Long> connects = cluster.connects();
        cluster.coordinator().signal("STOP");
        sleepUntil(System.nanoTime(), FROZEN);
        cluster.awaitSilence();
        cluster.coordinator().signal("CONT");
        cluster.awaitConnectedAfter(connects);
        load.awaitAnswers(20 * CLIENTS);
        LoadSummary seen = load.pause();
        report("SIGSTOP of the coordinator", seen, cluster);
        assertNobodyNoticed(seen, cluster);
        assertThat(cluster.attached()).isEqualTo(before);
        assertPlaced(owners, load, cluster);
    }

    @Test
    void aCoordinatorThatIsKilledAndStartedAgainIsNoticedByNobody() {
        ClusterProcesses cluster = cluster();
        Load load = load(cluster);
        List<Long> before = cluster.attached();
        Map<Long, String> owners = cluster.owners(CLIENTS);
        List<Long> connects = cluster.connects();
        cluster.coordinator().signal("KILL");
        load.awaitAnswers(20 * CLIENTS);
        cluster.restartCoordinator();
        cluster.awaitConnectedAfter(connects);
        load.awaitAnswers(20 * CLIENTS);
        LoadSummary seen = load.pause();
        report("SIGKILL and restart of the coordinator", seen, cluster);
        assertNobodyNoticed(seen, cluster);
        assertThat(cluster.attached()).isEqualTo(before);
        assertPlaced(owners, load, cluster);
    }

    @Test
    void aDrainedNodeHandsItsSessionsOver() {
        ClusterProcesses cluster = cluster();
        Load load = load(cluster);
        cluster.operate("node", "drain", "game1");
        await("drained")
                .atMost(WAIT)
                .until(() -> cluster.attached().getFirst() == 0 && sum(cluster.attached()) == CLIENTS);
        Map<Long, String> owners = cluster.owners(CLIENTS);
        load.awaitAnswers(20 * CLIENTS);
        cluster.operate("node", "resume", "game1");
        load.awaitAnswers(20 * CLIENTS);
        LoadSummary seen = load.pause();
        report("drain of a node", seen, cluster);
        assertNobodyNoticed(seen, cluster);
        assertPlaced(owners, load, cluster);
    }

    @Test
    void aNodeThatStopsLeavesFirst() {
        ClusterProcesses cluster = cluster();
        Load load = load(cluster);
        cluster.node(1).signal("TERM");
        assertThat(cluster.node(1).awaitExit()).isZero();
        load.awaitAnswers(20 * CLIENTS);
        LoadSummary seen = load.pause();
        report("TERM of a node", seen, cluster);
        assertNobodyNoticed(seen, cluster);
        assertPlaced(cluster.owners(CLIENTS), load, cluster);
    }

    /** Clients stay, in order; what was in flight to a node that broke is missing, and the gateway knows how much that is. */
    private static void assertOnlyLosses(LoadSummary seen, ClusterProcesses cluster) {
        assertThat(seen.connected()).isEqualTo(CLIENTS);
        assertThat(seen.disorders()).isZero();
        assertThat(seen.foreign()).isZero();
        assertThat(seen.unsettled()).isZero();
        assertThat(seen.missing())
                .isEqualTo(seen.gaps())
                .isEqualTo(cluster.gateway().metrics().notReturned());
    }

    private static void assertNobodyNoticed(LoadSummary seen, ClusterProcesses cluster) {
        assertOnlyLosses(seen, cluster);
        assertThat(seen.missing()).isZero();
        assertThat(seen.runningSilenceMillisMax()).isLessThan(UNNOTICED_MILLIS);
    }

    /** Each user sits at the owner that the ring named, and nowhere else. */
    private static void assertPlaced(Map<Long, String> owners, Load load, ClusterProcesses cluster) {
        Map<String, Set<Long>> users = owners.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
        List<Long> counts = IntStream.rangeClosed(1, NODES)
                .mapToObj(number ->
                        (long) users.getOrDefault("game" + number, Set.of()).size())
                .toList();
        await("as many at each node as it owns").atMost(WAIT).until(cluster::attached, counts::equals);
        load.awaitNeighbours(Set.copyOf(users.values()));
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Waits until so much time has passed since the start, which is what the test is about. */
    private static void sleepUntil(long startNanos, Duration time) {
        await("the time is over").atMost(time.plus(WAIT)).until(() -> System.nanoTime() - startNanos >= time.toNanos());
    }

    // The figures that reports cite.
    @SuppressWarnings("SystemOut")
    private static void report(String what, LoadSummary seen, ClusterProcesses cluster) {
        Metrics metrics = cluster.gateway().metrics();
        System.out.println(what + ": " + seen.toJson() + ", attached " + cluster.attached() + ", not returned "
                + metrics.notReturned() + ", stale " + metrics.stale());
    }
}
