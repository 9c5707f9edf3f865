package dev.gatehouse.app.process;

import static dev.gatehouse.app.process.ClusterCommands.TIMEOUT;
import static dev.gatehouse.app.process.ClusterCommands.awaitOwners;
import static dev.gatehouse.app.process.ClusterCommands.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.Operator;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a cluster, what they order, and what they have to mend. One cluster for all: two nodes that own, before each test and after it. */
class OperatorTest {
    private static final ClusterCommands CLUSTER = new ClusterCommands();

    @TempDir
    static Path folder;

    private static GatehouseProcess process;
    private static String coordinator;

    @BeforeAll
    static void start() {
        process = CLUSTER.coordinator(folder.resolve("store"), "127.0.0.1:0", "--console", "127.0.0.1:0");
        coordinator = process.address();
        CLUSTER.node(coordinator, "game1");
        CLUSTER.node(coordinator, "game2");
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
    }

    @BeforeEach
    void awaitNodes() {
        awaitOwners(coordinator, 2);
    }

    @Test
    void showsItsNodesAsATableAndAsJson() throws Exception {
        assertThat(CLUSTER.ask(coordinator, "nodes"))
                .hasSize(3)
                .first()
                .asString()
                .matches("NODE +SERVICE +ADDRESS +WEIGHT +STATE +PLACEMENT +OWNS +BACKUPS");
        assertThat(CLUSTER.ask(coordinator, "nodes", "--json"))
                .singleElement()
                .asString()
                .contains("\"id\":\"game1\"", "\"placement\":1", "\"share\":0.");
        assertThat(CLUSTER.ask(coordinator, "ring")).first().asString().startsWith("epoch 1, version ");
        assertThat(CLUSTER.ask(coordinator, "ring", "--key", "42", "--service", "game"))
                .last()
                .asString()
                .matches("game +42 +\\d+ +game[12] .*game[12]");
        Path picture = folder.resolve("ring.svg");
        assertThat(CLUSTER.ask(coordinator, "ring", "--draw", picture.toString()))
                .isEmpty();
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(picture.toFile())
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    @Test
    void drainsAndResumesANode() {
        assertThat(CLUSTER.ask(coordinator, "node", "drain", "game2")).containsExactly("game2 drains");
        awaitOwners(coordinator, 1);
        CLUSTER.refused(coordinator, "node", "drain", "game1");
        assertThat(CLUSTER.ask(coordinator, "node", "resume", "game2")).containsExactly("game2 resumes");
        awaitOwners(coordinator, 2);
    }

    @Test
    void servesHealthAndMetrics() {
        assertThat(process.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(process.metric("gatehouse_coordinator_leading")).isEqualTo(1);
        assertThat(process.metric("gatehouse_coordinator_connections{role=\"node\"}"))
                .isEqualTo(2);
        assertThat(process.metric("gatehouse_coordinator_members{placement=\"owner\",service=\"game\"}"))
                .isEqualTo(2);
    }

    @Test
    void hasSeveralOperatorsAtOnce() {
        try (Operator first = operator(coordinator);
                Operator second = operator(coordinator)) {
            RingVersion before = first.rings().version();
            first.drain("game1", true);
            second.drain("game1", false);
            await().atMost(TIMEOUT).until(() -> first.rings().version().compareTo(before) > 0);
        }
        awaitOwners(coordinator, 2);
    }

    @Test
    void saysThatNoCoordinatorIsThere() {
        CLUSTER.refused("127.0.0.1:1", "nodes").contains("127.0.0.1:1");
    }

    @Test
    void saysWhatAnOperatorHasToMend() {
        GatehouseProcess stranger = CLUSTER.keep(GatehouseProcess.start(
                Map.of("GATEHOUSE_CLUSTER_SECRET", "another"), "", "nodes", "--coordinator", coordinator));
        assertThat(stranger.awaitExit()).isEqualTo(2);
        assertThat(stranger.errors()).singleElement().asString().contains("BAD_PROOF", "another secret");
        CLUSTER.refused(coordinator, "node", "drain", "nobody").contains("nobody");
        CLUSTER.refused(coordinator, "ring", "--draw", "/no/such/folder/ring.svg")
                .isEqualTo("gatehouse: --draw: /no/such/folder/ring.svg (expected: a file that can be written)");
        CLUSTER.refused(coordinator, "ring", "--service", "nothing").contains("--service: nothing (expected: ");
        GatehouseProcess second = CLUSTER.start("coordinator", "--listen", coordinator, "--store", "none");
        assertThat(second.awaitExit()).isEqualTo(2);
        assertThat(second.errors())
                .last()
                .asString()
                .isEqualTo("gatehouse: can't listen on " + coordinator + ": the port is in use");
    }
}
