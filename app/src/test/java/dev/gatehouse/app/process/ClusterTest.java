package dev.gatehouse.app.process;

import static dev.gatehouse.app.process.ClusterCommands.TIMEOUT;
import static dev.gatehouse.app.process.ClusterCommands.awaitOwners;
import static dev.gatehouse.app.process.ClusterCommands.keys;
import static dev.gatehouse.app.process.ClusterCommands.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.Operator;
import dev.gatehouse.etcd.process.Ports;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A coordinator and its nodes, each a process, and what happens to them. */
class ClusterTest {
    private final ClusterCommands cluster = new ClusterCommands();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void keepsItsRingOverAKill() {
        String address = "127.0.0.1:" + Ports.free();
        GatehouseProcess first = coordinator(address);
        List<GatehouseProcess> nodes = List.of(cluster.node(address, "game1"), cluster.node(address, "game2"));
        awaitOwners(address, 2);
        Map<String, List<String>> keys = keys(address);
        first.signal("KILL");
        first.awaitExit();
        coordinator(address);
        nodes.forEach(node -> await().atMost(TIMEOUT).until(() -> connects(node) == 2));
        assertThat(keys(address)).isEqualTo(keys);
        try (Operator operator = operator(address)) {
            assertThat(operator.rings().version().epoch()).isEqualTo(2);
            // Who has to begin a new epoch finds it there.
            nodes.forEach(node -> node.awaitError("rings of epoch 2"));
            assertThat(operator.rings().members()).allMatch(member -> member.state() == NodeState.NORMAL);
        }
    }

    @Test
    void keepsItsRingOverAStop() {
        GatehouseProcess coordinator = coordinator(
                "127.0.0.1:0", "--console", "127.0.0.1:0", "--set", "ping-interval=1s", "--set", "silence=2s");
        String address = coordinator.address();
        List<GatehouseProcess> nodes = List.of(cluster.node(address, "game1"), cluster.node(address, "game2"));
        awaitOwners(address, 2);
        Map<String, List<String>> keys = keys(address);
        double verified = coordinator.metric("gatehouse_coordinator_verified_total");
        coordinator.signal("STOP");
        nodes.forEach(node -> await().atMost(TIMEOUT)
                .until(() -> node.errors().stream().anyMatch(line -> line.contains("the coordinator is silent"))));
        coordinator.signal("CONT");
        await().atMost(TIMEOUT)
                .until(() -> coordinator.metric("gatehouse_coordinator_connections{role=\"node\"}") == 2
                        && coordinator.metric("gatehouse_coordinator_verified_total") >= verified + 2);
        assertThat(keys(address)).isEqualTo(keys);
        assertThat(coordinator.metric("gatehouse_coordinator_lost_total")).isZero();
    }

    @Test
    void takesWhatTheOptionsOfANodeSay() {
        String coordinator =
                coordinator("127.0.0.1:0", "--set", "suspect-time=200ms").address();
        cluster.node(coordinator, "game1", "--weight", "3", "--advertise", "10.0.0.1:7001");
        cluster.node(coordinator, "game2");
        GatehouseProcess third = cluster.node(coordinator, "game3", "--backup", "game2,game1");
        awaitOwners(coordinator, 3);
        try (Operator operator = operator(coordinator)) {
            RingSnapshot before = operator.rings();
            assertThat(before.member("game1").orElseThrow().node())
                    .isEqualTo(new Node("game1", "", "game", "10.0.0.1", 7001, 3, List.of()));
            assertThat(before.member("game3").orElseThrow().node().backups()).containsExactly("game2", "game1");
            assertThat(before.ring("game").shares())
                    .hasEntrySatisfying("game1", share -> assertThat(share).isBetween(0.5, 0.7));
            List<String> orphans = keys(coordinator).get("game3");
            third.signal("KILL");
            await().atMost(TIMEOUT)
                    .until(() -> operator.rings().member("game3").orElseThrow().standing() == Standing.COVERED);
            assertThat(keys(coordinator).get("game2")).containsAll(orphans);
        }
    }

    @Test
    void givesTheKeysOfANodeThatIsStoppedToAnother() {
        String coordinator = coordinator("127.0.0.1:0", "--set", "ping-interval=300ms", "--set", "silence=3s")
                .address();
        cluster.node(coordinator, "game1");
        GatehouseProcess stopped = cluster.node(coordinator, "game2");
        awaitOwners(coordinator, 2);
        stopped.signal("STOP");
        awaitOwners(coordinator, 1);
        stopped.signal("CONT");
        awaitOwners(coordinator, 2);
    }

    @Test
    void letsANodeThatStopsLeave() {
        String coordinator = coordinator("127.0.0.1:0").address();
        cluster.node(coordinator, "game1");
        GatehouseProcess leaver = cluster.node(coordinator, "game2", "--grace", "60s");
        awaitOwners(coordinator, 2);
        leaver.signal("TERM");
        assertThat(leaver.awaitExit()).isZero();
        assertThat(leaver.errors()).anyMatch(line -> line.contains("left the cluster"));
        assertThat(cluster.ask(coordinator, "nodes")).hasSize(2).noneMatch(line -> line.contains("game2"));
    }

    @Test
    void refusesADamagedStoreAndTellsTheWayOut() throws IOException {
        GatehouseProcess first = coordinator("127.0.0.1:0");
        cluster.node(first.address(), "game1");
        awaitOwners(first.address(), 1);
        first.signal("TERM");
        assertThat(first.awaitExit()).isZero();
        Path file = folder.resolve("store").resolve("memberships");
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        GatehouseProcess second =
                cluster.start("coordinator", "--listen", "127.0.0.1:0", "--store", "file:" + folder.resolve("store"));
        assertThat(second.awaitExit()).isEqualTo(2);
        assertThat(second.errors()).last().asString().contains("damaged", "--new-epoch N");
        GatehouseProcess third = coordinator("127.0.0.1:0", "--new-epoch", "9");
        assertThat(cluster.ask(third.address(), "ring")).first().asString().startsWith("epoch 9, ");
    }

    @Test
    void refusesARingOfMorePointsThanItsMembersMayHave() {
        GatehouseProcess first = coordinator("127.0.0.1:0");
        cluster.node(first.address(), "game1", "--weight", "100");
        awaitOwners(first.address(), 1);
        first.signal("TERM");
        assertThat(first.awaitExit()).isZero();
        String store = "file:" + folder.resolve("store");
        GatehouseProcess second =
                cluster.start("coordinator", "--listen", "127.0.0.1:0", "--store", store, "--set", "ring.points=65536");
        assertThat(second.awaitExit()).isEqualTo(2);
        assertThat(second.errors())
                .last()
                .asString()
                .isEqualTo("gatehouse: the ring of game would have 6553600 points (expected: 4194304 at most):"
                        + " a smaller ring.points, or a greater points-max, is needed");
        assertThat(cluster.ask(coordinator("127.0.0.1:0").address(), "ring"))
                .first()
                .asString()
                .startsWith("epoch 2, ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            coordinator                                                | no cluster secret (expected: --secret-file FILE, or GATEHOUSE_CLUSTER_SECRET)
            nodes                                                      | no cluster secret
            service --name game --listen 127.0.0.1:0 --id game1        | --id: game1 (expected: with --coordinator or --etcd)
            service --name game --listen 127.0.0.1:0 --coordinator 127.0.0.1:1 --secret-file SECRET | --id: not set (expected: the node's name, as --coordinator is given)
            service --name game --listen 127.0.0.1:0 --weight 2        | --weight: 2 (expected: with --coordinator)
            service --name game --listen 127.0.0.1:0 --secret-file SECRET | (expected: with --coordinator)
            service --name game --listen 127.0.0.1:0 --advertise h:1   | --advertise: h:1 (expected: with --coordinator or --etcd)
            service --name game --listen 127.0.0.1:0 --coordinator 127.0.0.1:1 --id game1 --weight 0 --secret-file SECRET | weight: 0 (expected: 1..100)
            service --name game --listen 127.0.0.1:0 --coordinator 127.0.0.1:1 --id game/1 --secret-file SECRET | id: game/1 (expected:
            service --name game --listen 0.0.0.0:0 --insecure --etcd http://127.0.0.1:1 --id game1 | --advertise: not set (expected: where gateways reach this node, as it listens on 0.0.0.0:0)
            coordinator --store etcd:https://127.0.0.1:1 --set etcd.trust=SECRET --secret-file SECRET | etcd.trust:
            coordinator --store tape:0 --secret-file SECRET           | store: tape:0 (expected: text that matches
            coordinator --set silence=1s --secret-file SECRET         | silence: 1s (expected: more than ping-interval, 3s)
            """)
    void saysWhatToMend(String arguments, String sentence) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret\n");
        GatehouseProcess command = cluster.keep(GatehouseProcess.start(
                arguments.replace("SECRET", secret.toString()).split(" ")));
        assertThat(command.awaitExit()).isEqualTo(2);
        assertThat(command.errors()).last().asString().contains(sentence);
    }

    private GatehouseProcess coordinator(String address, String... more) {
        return cluster.coordinator(folder.resolve("store"), address, more);
    }

    private static long connects(GatehouseProcess node) {
        return node.errors().stream()
                .filter(line -> line.contains("connected to the coordinator"))
                .count();
    }
}
