package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.Operator;
import dev.gatehouse.etcd.process.Ports;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A coordinator, nodes and an operator, each a process. */
class ClusterTest {
    private static final Map<String, String> SECRET = Map.of("GATEHOUSE_CLUSTER_SECRET", "secret");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Deque<GatehouseProcess> processes = new ArrayDeque<>();

    @AfterEach
    void end() {
        processes.forEach(GatehouseProcess::close);
    }

    @Test
    void showsItsNodesAsATableAndAsJson() throws Exception {
        String coordinator = coordinator("127.0.0.1:0").address();
        node(coordinator, "game1");
        node(coordinator, "game2");
        awaitOwners(coordinator, 2);
        assertThat(ask(coordinator, "nodes"))
                .hasSize(3)
                .first()
                .asString()
                .matches("NODE +SERVICE +ADDRESS +WEIGHT +STATE +PLACEMENT +OWNS +BACKUPS");
        assertThat(ask(coordinator, "nodes", "--json"))
                .singleElement()
                .asString()
                .contains("\"id\":\"game1\"", "\"placement\":1", "\"share\":0.");
        assertThat(ask(coordinator, "ring")).first().asString().startsWith("epoch 1, version ");
        assertThat(ask(coordinator, "ring", "--key", "42", "--service", "game"))
                .last()
                .asString()
                .matches("game +42 +\\d+ +game[12] .*game[12]");
        Path picture = folder.resolve("ring.svg");
        assertThat(ask(coordinator, "ring", "--draw", picture.toString())).isEmpty();
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(picture.toFile())
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    @Test
    void drainsAndResumesANode() {
        String coordinator = coordinator("127.0.0.1:0").address();
        node(coordinator, "game1");
        node(coordinator, "game2");
        awaitOwners(coordinator, 2);
        assertThat(ask(coordinator, "node", "drain", "game2")).containsExactly("game2 drains");
        awaitOwners(coordinator, 1);
        refused(coordinator, "node", "drain", "game1");
        assertThat(ask(coordinator, "node", "resume", "game2")).containsExactly("game2 resumes");
        awaitOwners(coordinator, 2);
    }

    @Test
    void keepsItsRingOverAKill() {
        String address = "127.0.0.1:" + Ports.free();
        GatehouseProcess first = coordinator(address);
        List<GatehouseProcess> nodes = List.of(node(address, "game1"), node(address, "game2"));
        awaitOwners(address, 2);
        Map<String, List<String>> keys = keys(address);
        first.signal("KILL");
        first.awaitExit();
        coordinator(address);
        nodes.forEach(node -> await().atMost(TIMEOUT).until(() -> connects(node) == 2));
        assertThat(keys(address)).isEqualTo(keys);
        try (Operator operator = operator(address)) {
            assertThat(operator.rings().version().epoch()).isEqualTo(2);
            assertThat(operator.rings().members()).allMatch(member -> member.state() == NodeState.NORMAL);
        }
    }

    @Test
    void keepsItsRingOverAStop() {
        GatehouseProcess coordinator = coordinator(
                "127.0.0.1:0", "--console", "127.0.0.1:0", "--set", "ping-interval=1s", "--set", "silence=2s");
        String address = coordinator.address();
        List<GatehouseProcess> nodes = List.of(node(address, "game1"), node(address, "game2"));
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
        node(coordinator, "game1", "--weight", "3", "--advertise", "10.0.0.1:7001");
        node(coordinator, "game2");
        GatehouseProcess third = node(coordinator, "game3", "--backup", "game2,game1");
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
    void hasSeveralOperatorsAtOnce() {
        String coordinator = coordinator("127.0.0.1:0").address();
        node(coordinator, "game1");
        node(coordinator, "game2");
        awaitOwners(coordinator, 2);
        try (Operator first = operator(coordinator);
                Operator second = operator(coordinator)) {
            first.drain("game1", true);
            second.drain("game1", false);
            await().atMost(TIMEOUT)
                    .until(() -> first.rings().version().equals(second.rings().version()));
        }
        awaitOwners(coordinator, 2);
    }

    @Test
    void givesTheKeysOfANodeThatIsStoppedToAnother() {
        String coordinator = coordinator("127.0.0.1:0", "--set", "ping-interval=300ms", "--set", "silence=3s")
                .address();
        node(coordinator, "game1");
        GatehouseProcess stopped = node(coordinator, "game2");
        awaitOwners(coordinator, 2);
        stopped.signal("STOP");
        awaitOwners(coordinator, 1);
        stopped.signal("CONT");
        awaitOwners(coordinator, 2);
    }

    @Test
    void letsANodeThatStopsLeave() {
        String coordinator = coordinator("127.0.0.1:0").address();
        node(coordinator, "game1");
        GatehouseProcess leaver = node(coordinator, "game2", "--grace", "60s");
        awaitOwners(coordinator, 2);
        leaver.signal("TERM");
        assertThat(leaver.awaitExit()).isZero();
        assertThat(leaver.errors()).anyMatch(line -> line.contains("left the cluster"));
        assertThat(ask(coordinator, "nodes")).hasSize(2).noneMatch(line -> line.contains("game2"));
    }

    @Test
    void refusesADamagedStoreAndTellsTheWayOut() throws IOException {
        GatehouseProcess first = coordinator("127.0.0.1:0");
        node(first.address(), "game1");
        awaitOwners(first.address(), 1);
        first.signal("TERM");
        assertThat(first.awaitExit()).isZero();
        Path file = folder.resolve("store").resolve("memberships");
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        GatehouseProcess second =
                start("coordinator", "--listen", "127.0.0.1:0", "--store", "file:" + folder.resolve("store"));
        assertThat(second.awaitExit()).isEqualTo(2);
        assertThat(second.errors()).last().asString().contains("damaged", "--new-epoch N");
        GatehouseProcess third = coordinator("127.0.0.1:0", "--new-epoch", "9");
        assertThat(ask(third.address(), "ring")).first().asString().startsWith("epoch 9, ");
    }

    @Test
    void servesHealthAndMetrics() {
        GatehouseProcess coordinator = coordinator("127.0.0.1:0", "--console", "127.0.0.1:0");
        node(coordinator.address(), "game1");
        awaitOwners(coordinator.address(), 1);
        assertThat(coordinator.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(coordinator.metric("gatehouse_coordinator_leading")).isEqualTo(1);
        assertThat(coordinator.metric("gatehouse_coordinator_connections{role=\"node\"}"))
                .isEqualTo(1);
        assertThat(coordinator.metric("gatehouse_coordinator_members{placement=\"owner\",service=\"game\"}"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            coordinator                                                | no cluster secret (expected: --secret-file FILE, or GATEHOUSE_CLUSTER_SECRET)
            nodes                                                      | no cluster secret
            service --name game --listen 127.0.0.1:0 --id game1        | --id: game1 (expected: with --coordinator or --etcd)
            service --name game --listen 127.0.0.1:0 --coordinator 127.0.0.1:1 --secret-file SECRET | --id: not set (expected: the node's name, as --coordinator is given)
            service --name game --listen 127.0.0.1:0 --weight 2        | --weight: 2 (expected: with --coordinator)
            service --name game --listen 127.0.0.1:0 --advertise h:1   | --advertise: h:1 (expected: with --coordinator or --etcd)
            service --name game --listen 127.0.0.1:0 --coordinator 127.0.0.1:1 --id game1 --weight 0 --secret-file SECRET | weight: 0 (expected: 1..100)
            service --name game --listen 127.0.0.1:0 --coordinator 127.0.0.1:1 --id game/1 --secret-file SECRET | id: game/1 (expected:
            service --name game --listen 0.0.0.0:0 --insecure --etcd http://127.0.0.1:1 --id game1 | --advertise: not set (expected: where gateways reach this node, as it listens on 0.0.0.0:0)
            coordinator --store tape:0 --secret-file SECRET           | store: tape:0 (expected: text that matches
            coordinator --set silence=1s --secret-file SECRET         | silence: 1s (expected: more than ping-interval, 3s)
            """)
    void saysWhatToMend(String arguments, String sentence) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret\n");
        GatehouseProcess command = keep(GatehouseProcess.start(
                arguments.replace("SECRET", secret.toString()).split(" ")));
        assertThat(command.awaitExit()).isEqualTo(2);
        assertThat(command.errors()).last().asString().contains(sentence);
    }

    @Test
    void saysThatNoCoordinatorIsThere() {
        refused("127.0.0.1:1", "nodes").contains("127.0.0.1:1");
    }

    @Test
    void saysWhatAnOperatorHasToMend() {
        String coordinator = coordinator("127.0.0.1:0").address();
        GatehouseProcess stranger = keep(GatehouseProcess.start(
                Map.of("GATEHOUSE_CLUSTER_SECRET", "another"), "", "nodes", "--coordinator", coordinator));
        assertThat(stranger.awaitExit()).isEqualTo(2);
        assertThat(stranger.errors()).singleElement().asString().contains("BAD_PROOF", "another secret");
        refused(coordinator, "node", "drain", "nobody").contains("nobody");
        refused(coordinator, "ring", "--draw", "/no/such/folder/ring.svg")
                .isEqualTo("gatehouse: --draw: /no/such/folder/ring.svg (expected: a file that can be written)");
        refused(coordinator, "ring", "--service", "nothing").contains("--service: nothing (expected: ");
        GatehouseProcess second = start("coordinator", "--listen", coordinator, "--store", "none");
        assertThat(second.awaitExit()).isEqualTo(2);
        assertThat(second.errors())
                .last()
                .asString()
                .isEqualTo("gatehouse: can't listen on " + coordinator + ": the port is in use");
    }

    private GatehouseProcess coordinator(String address, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("coordinator", "--listen", address, "--store", "file:" + folder.resolve("store")));
        arguments.addAll(List.of(more));
        GatehouseProcess coordinator = start(arguments.toArray(String[]::new));
        coordinator.awaitReady();
        return coordinator;
    }

    /** Starts a node; {@link #awaitOwners} waits until it is there. */
    private GatehouseProcess node(String coordinator, String id, String... more) {
        List<String> arguments = new ArrayList<>(List.of("service", "--name", "game", "--listen", "127.0.0.1:0"));
        arguments.addAll(List.of("--coordinator", coordinator, "--id", id));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    private static void awaitOwners(String coordinator, int count) {
        try (Operator operator = operator(coordinator)) {
            await().atMost(TIMEOUT).until(() -> owners(operator.rings()) == count);
        }
    }

    private static long connects(GatehouseProcess node) {
        return node.errors().stream()
                .filter(line -> line.contains("connected to the coordinator"))
                .count();
    }

    private static long owners(RingSnapshot rings) {
        return rings.members().stream()
                .filter(member -> member.standing() == Standing.OWNER)
                .count();
    }

    /** The first 100 users, by the node that owns them. */
    private static Map<String, List<String>> keys(String coordinator) {
        try (Operator operator = operator(coordinator)) {
            Ring ring = operator.rings().ring("game");
            return IntStream.rangeClosed(1, 100)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.groupingBy(
                            key -> ring.owner(key).orElseThrow().id()));
        }
    }

    private static Operator operator(String coordinator) {
        return Operator.connect(ClusterAccess.of(List.of(coordinator), ClusterSecret.of("secret")), TIMEOUT);
    }

    private List<String> ask(String coordinator, String... words) {
        GatehouseProcess command = command(coordinator, words);
        assertThat(command.awaitExit()).as("%s", command.errors()).isZero();
        return command.output();
    }

    /** What an operator reads who can't have this: one sentence. */
    private AbstractStringAssert<?> refused(String coordinator, String... words) {
        GatehouseProcess command = command(coordinator, words);
        assertThat(command.awaitExit()).isEqualTo(2);
        return assertThat(command.errors()).singleElement().asString().startsWith("gatehouse: ");
    }

    private GatehouseProcess command(String coordinator, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--coordinator", coordinator));
        return start(arguments.toArray(String[]::new));
    }

    private GatehouseProcess start(String... arguments) {
        return keep(GatehouseProcess.start(SECRET, "", arguments));
    }

    private GatehouseProcess keep(GatehouseProcess process) {
        processes.push(process);
        return process;
    }
}
