package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.etcd.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
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
        refused(coordinator, "node", "drain", "nobody");
        assertThat(ask(coordinator, "node", "resume", "game2")).containsExactly("game2 resumes");
        awaitOwners(coordinator, 2);
    }

    @Test
    void keepsItsRingOverAKill() {
        String address = "127.0.0.1:" + Ports.free();
        GatehouseProcess first = coordinator(address);
        node(address, "game1");
        node(address, "game2");
        awaitOwners(address, 2);
        String owner = owner(address);
        first.signal("KILL");
        first.awaitExit();
        coordinator(address);
        List<String> rings = new ArrayList<>();
        await().atMost(TIMEOUT).until(() -> {
            rings.clear();
            rings.addAll(ask(address, "nodes"));
            return rings.stream().filter(line -> line.contains(" normal ")).count() == 2;
        });
        assertThat(owner(address)).isEqualTo(owner);
        assertThat(ask(address, "ring")).first().asString().startsWith("epoch 2, version ");
        assertThat(rings).filteredOn(line -> line.contains("owner")).hasSize(2);
    }

    @Test
    void keepsItsRingOverAStop() {
        GatehouseProcess coordinator = coordinator(
                "127.0.0.1:0", "--console", "127.0.0.1:0", "--set", "ping-interval=1s", "--set", "silence=2s");
        String address = coordinator.address();
        List<GatehouseProcess> nodes = List.of(node(address, "game1"), node(address, "game2"));
        awaitOwners(address, 2);
        String owner = owner(address);
        double verified = coordinator.metric("gatehouse_coordinator_verified_total");
        coordinator.signal("STOP");
        nodes.forEach(node -> await().atMost(TIMEOUT)
                .until(() -> node.errors().stream().anyMatch(line -> line.contains("the coordinator is silent"))));
        coordinator.signal("CONT");
        await().atMost(TIMEOUT)
                .until(() -> coordinator.metric("gatehouse_coordinator_connections{role=\"node\"}") == 2
                        && coordinator.metric("gatehouse_coordinator_verified_total") >= verified + 2);
        assertThat(owner(address)).isEqualTo(owner);
        assertThat(coordinator.metric("gatehouse_coordinator_lost_total")).isZero();
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
            service --name game --listen 127.0.0.1:0 --id game1        | --coordinator and --id: one of them
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
        refused("127.0.0.1:1", "nodes");
    }

    private GatehouseProcess coordinator(String address, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("coordinator", "--listen", address, "--store", "file:" + folder.resolve("store")));
        arguments.addAll(List.of(more));
        GatehouseProcess coordinator = start(arguments.toArray(String[]::new));
        coordinator.awaitReady();
        return coordinator;
    }

    private GatehouseProcess node(String coordinator, String id, String... more) {
        List<String> arguments = new ArrayList<>(List.of("service", "--name", "game", "--listen", "127.0.0.1:0"));
        arguments.addAll(List.of("--coordinator", coordinator, "--id", id));
        arguments.addAll(List.of(more));
        GatehouseProcess node = start(arguments.toArray(String[]::new));
        node.awaitReady();
        return node;
    }

    private void awaitOwners(String coordinator, int count) {
        await().atMost(TIMEOUT)
                .until(() -> ask(coordinator, "nodes").stream()
                                .filter(line -> line.contains(" owner "))
                                .count()
                        == count);
    }

    private String owner(String coordinator) {
        return ask(coordinator, "ring", "--key", "42", "--json").getLast();
    }

    private List<String> ask(String coordinator, String... words) {
        GatehouseProcess command = command(coordinator, words);
        assertThat(command.awaitExit()).as("%s", command.errors()).isZero();
        return command.output();
    }

    private void refused(String coordinator, String... words) {
        GatehouseProcess command = command(coordinator, words);
        assertThat(command.awaitExit()).isEqualTo(2);
        assertThat(command.errors()).last().asString().startsWith("gatehouse: ");
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
