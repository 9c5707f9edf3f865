package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that restart again and again under load, for minutes. */
final class SoakTest extends UnderLoad {
    private static final int CLIENTS = 500;
    private static final int RESTARTS = 20;
    private static final Duration WAIT = Duration.ofSeconds(60);

    @RegisterExtension
    private final Processes processes = new Processes();

    @Test
    @Tag("long")
    void nothingIsLostHoweverOftenNodesRestart() {
        List<ServiceProcess> nodes = new ArrayList<>(processes.services(2));
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "", Map.of()));
        Load load = processes.add(Load.start(gateway.address(), CLIENTS));
        long links = gateway.metrics().links("game1");
        long given = 0;
        for (int restart = 0; restart < RESTARTS; restart++) {
            int node = restart % 2;
            load.awaitAnswers(20 * CLIENTS);
            given += nodes.get(node).stopAndCount();
            nodes.set(
                    node,
                    ServiceProcess.ready(
                            processes.add(ServiceProcess.java(nodes.get(node).port(), Map.of()))));
            String id = "game" + (node + 1);
            await("links to " + id).atMost(WAIT).until(() -> gateway.metrics().links(id) == links);
        }

        LoadSummary seen = load.pause();
        assertThat(seen.connected()).isEqualTo(CLIENTS);
        assertThat(seen.disorders()).isZero();
        assertThat(seen.missing()).isZero();
        given += nodes.stream().mapToLong(ServiceProcess::stopAndCount).sum();
        assertThat(seen.received()).isEqualTo(given);
    }
}
