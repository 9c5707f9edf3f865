package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.Operator;
import dev.gatehouse.etcd.process.EtcdMember;
import dev.gatehouse.etcd.process.EtcdProcess;
import dev.gatehouse.etcd.process.NeedsEtcd;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with a real etcd. */
@NeedsEtcd
class EtcdTest {
    private static final Map<String, String> SECRET = Map.of("GATEHOUSE_CLUSTER_SECRET", "secret");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final EtcdMember member = EtcdMember.local("etcd");

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    private GatehouseProcess start(String... arguments) {
        GatehouseProcess process = open(GatehouseProcess.start(SECRET, "", arguments));
        process.awaitReady();
        return process;
    }

    private GatehouseProcess coordinator() {
        return coordinator("20s");
    }

    private GatehouseProcess coordinator(String lease) {
        return start(
                "coordinator",
                "--listen=127.0.0.1:0",
                "--console=127.0.0.1:0",
                "--store=etcd:" + member.url(),
                "--set=etcd.lease=" + lease,
                "--set=etcd.timeout=6s");
    }

    private GatehouseProcess node(String id, String coordinators) {
        return start("service", "--name=game", "--listen=127.0.0.1:0", "--id=" + id, "--coordinator=" + coordinators);
    }

    private static boolean leads(GatehouseProcess coordinator) {
        return coordinator.metric("gatehouse_coordinator_leading") == 1;
    }

    /** What the coordinator at one of these addresses publishes, once these nodes own. */
    private static RingSnapshot ringsOf(String coordinators, String... owners) {
        ClusterAccess access = ClusterAccess.of(List.of(coordinators.split(",")), ClusterSecret.of("secret"));
        try (Operator operator = Operator.connect(access, TIMEOUT)) {
            return await().atMost(TIMEOUT)
                    .until(
                            operator::rings,
                            rings -> rings.members().stream()
                                    .filter(member -> member.standing() == Standing.OWNER)
                                    .map(RingMember::id)
                                    .toList()
                                    .equals(List.of(owners)));
        }
    }

    private static List<String> ownersOfKeys(RingSnapshot rings) {
        return IntStream.range(0, 100)
                .mapToObj(key -> rings.ring("game")
                        .owner(Integer.toString(key))
                        .orElseThrow()
                        .id())
                .toList();
    }

    @Test
    void aCoordinatorThatFindsNoEtcdSaysSoOnceAndLeadsWhenItIsThere() {
        GatehouseProcess coordinator = coordinator();
        coordinator.awaitError("etcd can't be used: " + member.url());
        assertThat(coordinator.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(coordinator.get("/health/ready").statusCode()).isEqualTo(503);
        await().atMost(TIMEOUT).until(() -> coordinator.metric("gatehouse_coordinator_store_up") == 0);
        open(EtcdProcess.start(member, folder));
        await().atMost(TIMEOUT).until(() -> coordinator.get("/health/ready").statusCode() == 200);
        assertThat(coordinator.metric("gatehouse_coordinator_leading")).isEqualTo(1);
        await().atMost(TIMEOUT).until(() -> coordinator.metric("gatehouse_coordinator_store_up") == 1);
        assertThat(coordinator.errors())
                .filteredOn(line -> line.contains("etcd can't be used"))
                .hasSize(1);
    }

    @Test
    void ofTwoCoordinatorsOneLeadsAndTheOtherSendsParticipantsThere() {
        open(EtcdProcess.start(member, folder));
        GatehouseProcess leader = coordinator();
        await().atMost(TIMEOUT).until(() -> leads(leader));
        GatehouseProcess follower = coordinator();
        await().atMost(TIMEOUT).until(() -> follower.get("/health/ready").statusCode() == 200);
        assertThat(leads(follower)).isFalse();
        GatehouseProcess service = node("game1", follower.address());
        service.awaitError("connected to the coordinator " + leader.address());
        leader.signal("TERM");
        assertThat(leader.awaitExit()).isZero();
        await().atMost(TIMEOUT).until(() -> follower.metric("gatehouse_coordinator_epoch") == 2);
        service.awaitError("connected to the coordinator " + follower.address());
    }

    /** The short one of what {@link dev.gatehouse.app.coordinators.CoordinatorsTest} tries at length. */
    @Test
    void anotherCoordinatorLeadsWithTheSameOwnersWhenTheLeaderIsKilled() {
        open(EtcdProcess.start(member, folder));
        List<GatehouseProcess> coordinators = List.of(coordinator("5s"), coordinator("5s"));
        String all = coordinators.stream().map(GatehouseProcess::address).collect(Collectors.joining(","));
        node("game1", all);
        node("game2", all);
        RingSnapshot before = ringsOf(all, "game1", "game2");
        GatehouseProcess leader = await().atMost(TIMEOUT)
                .until(() -> coordinators.stream().filter(EtcdTest::leads).findFirst(), Optional::isPresent)
                .orElseThrow();
        leader.signal("KILL");
        GatehouseProcess next = coordinators.get(1 - coordinators.indexOf(leader));
        await().atMost(TIMEOUT).until(() -> leads(next));
        RingSnapshot after = ringsOf(next.address(), "game1", "game2");
        assertThat(after.version().epoch()).isGreaterThan(before.version().epoch());
        assertThat(ownersOfKeys(after)).isEqualTo(ownersOfKeys(before));
    }

    @Test
    void aGatewayFindsTheNodesThatRegisterThemselves() throws IOException {
        open(EtcdProcess.start(member, folder));
        Path config = Files.writeString(folder.resolve("gatehouse.yaml"), """
                listen: 127.0.0.1:0
                console: {listen: '127.0.0.1:0'}
                users: {mode: development}
                etcd: {endpoints: %s}
                services:
                  game: {contract: trunk}
                routes:
                  game: {opcodes: 1001-1999, service: game}
                """.formatted(member.url()));
        GatehouseProcess gateway = start("gateway", "--config", config.toString());
        assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(503);
        GatehouseProcess service =
                start("service", "--name=game", "--listen=127.0.0.1:0", "--id=game1", "--etcd=" + member.url());
        await().atMost(TIMEOUT).until(() -> gateway.get("/health/ready").statusCode() == 200);
        GatehouseProcess client = open(GatehouseProcess.start(
                Map.of(), "send 1001 hi\nwait 1002\n", "connect", gateway.address(), "--user", "seven"));
        assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
        service.signal("TERM");
        assertThat(service.awaitExit()).isZero();
        await().atMost(TIMEOUT).until(() -> gateway.get("/health/ready").statusCode() == 503);
    }
}
