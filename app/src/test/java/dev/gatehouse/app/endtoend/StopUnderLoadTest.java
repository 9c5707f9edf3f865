package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.ChildProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** TERM while clients send without pause: every answer that a service gave reaches its client. */
final class StopUnderLoadTest extends UnderLoad {
    private static final int CLIENTS = 500;
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int ENDED_BY_TERM = 128 + 15;

    @RegisterExtension
    private final Processes processes = new Processes();

    @Test
    void gatewaySendsAllAnswersAndSaysThatItStops() {
        List<ServiceProcess> nodes = processes.services(2);
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "", Map.of()));
        Load load = processes.add(Load.start(gateway.address(), CLIENTS));
        load.awaitAnswers(20 * CLIENTS);

        gateway.process().signal("TERM");
        assertThat(gateway.process().awaitExit(WAIT)).isZero();
        assertThat(gateway.process().errorText()).doesNotContain("broken off");

        LoadSummary seen = load.ends();
        assertThat(seen.ended()).isEqualTo(CLIENTS);
        assertThat(seen.stoppedInOrder()).isEqualTo(CLIENTS);
        assertInOrderWithoutGaps(seen);
        long given = nodes.stream().mapToLong(ServiceProcess::stopAndCount).sum();
        assertThat(seen.received()).isEqualTo(given);
    }

    @Test
    void gatewayStopsInTimeThoughANodeDoesNot() {
        List<ServiceProcess> nodes = processes.services(2);
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "grace: 5s\n", Map.of()));
        Load load = processes.add(Load.start(gateway.address(), CLIENTS));
        load.awaitAnswers(20 * CLIENTS);

        nodes.get(0).process().signal("STOP");
        gateway.process().signal("TERM");
        assertThat(gateway.process().awaitExit(WAIT)).isZero();
        assertThat(gateway.process().errorText()).doesNotContain("broken off");

        LoadSummary seen = load.ends();
        assertThat(seen.stoppedInOrder()).isEqualTo(CLIENTS);
        assertInOrderWithoutGaps(seen);
    }

    @Test
    void nodeLeavesItsSessionsToTheOtherOneAndNothingIsLost() {
        List<ServiceProcess> nodes = processes.services(2);
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "", Map.of()));
        Load load = processes.add(Load.start(gateway.address(), CLIENTS));
        load.awaitAnswers(20 * CLIENTS);

        long given = nodes.get(0).stopAndCount();
        await("all on the other node")
                .atMost(WAIT)
                .until(() -> gateway.metrics().attached("game2") == CLIENTS);
        load.awaitAnswers(20 * CLIENTS);

        LoadSummary seen = load.pause();
        assertThat(seen.connected()).isEqualTo(CLIENTS);
        assertInOrderWithoutGaps(seen);
        assertThat(seen.missing()).isZero();
        given += nodes.get(1).stopAndCount();
        assertThat(seen.received()).isEqualTo(given);
    }

    @Test
    void theOnlyNodeRestartsAndTheClientsStay() {
        List<ServiceProcess> nodes = processes.services(1);
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "", Map.of()));
        Load load = processes.add(Load.start(gateway.address(), CLIENTS));
        load.awaitAnswers(20 * CLIENTS);

        long given = nodes.get(0).stopAndCount();
        ServiceProcess restarted = ServiceProcess.ready(
                processes.add(ServiceProcess.java(nodes.get(0).port(), Map.of())));
        await("attached again").atMost(WAIT).until(() -> gateway.metrics().attached("game1") == CLIENTS);
        load.awaitAnswers(20 * CLIENTS);

        LoadSummary seen = load.pause();
        assertThat(seen.connected()).isEqualTo(CLIENTS);
        assertThat(seen.disorders()).isZero();
        assertThat(seen.missing()).isEqualTo(gateway.metrics().notReturned());
        given += restarted.stopAndCount();
        assertThat(seen.received()).isEqualTo(given);
    }

    @Test
    void secondTermEndsAGatewayAtOnce() {
        List<ServiceProcess> nodes = processes.services(1);
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "grace: 1h\n", Map.of()));
        processes.add(Load.start(gateway.address(), 1));

        // With a node that doesn't answer, the stop would take the grace period, and end with 0.
        nodes.get(0).process().signal("STOP");
        assertSecondTermEndsAtOnce(gateway.process());
    }

    @Test
    void secondTermEndsAServiceAtOnce() {
        List<ServiceProcess> nodes = processes.services(1);
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "", Map.of()));
        processes.add(Load.start(gateway.address(), 1));

        gateway.process().signal("STOP");
        assertSecondTermEndsAtOnce(nodes.get(0).process());
    }

    private static void assertSecondTermEndsAtOnce(ChildProcess process) {
        process.signal("TERM");
        process.awaitError("stopping on TERM");
        process.signal("TERM");
        assertThat(process.awaitExit(WAIT)).isEqualTo(ENDED_BY_TERM);
    }

    private static void assertInOrderWithoutGaps(LoadSummary seen) {
        assertThat(seen.disorders()).isZero();
        assertThat(seen.foreign()).isZero();
        assertThat(seen.gaps()).isZero();
    }
}
