package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of two nodes is lost while clients send without pause: the clients stay, in order, and what is lost is counted. */
final class LostNodeTest extends UnderLoad {
    private static final int CLIENTS = 500;
    private static final int NEW_USERS = 20;
    private static final Duration WAIT = Duration.ofSeconds(30);

    @RegisterExtension
    private final Processes processes = new Processes();

    @Test
    void clientsSurviveAKilledNodeAndItsRestart() {
        List<ServiceProcess> nodes = processes.services(2);
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "", Map.of()));
        Load load = processes.add(Load.start(gateway.address(), CLIENTS));
        load.awaitAnswers(20 * CLIENTS);
        assertThat(gateway.metrics().attached("game1")).isBetween(CLIENTS / 4L, CLIENTS * 3L / 4);

        nodes.get(0).process().signal("KILL");
        awaitAllOnTheOther(gateway);
        load.awaitAnswers(20 * CLIENTS);

        LoadSummary seen = load.pause();
        report("SIGKILL of a node", seen, gateway.metrics());
        assertNobodyNoticed(seen, gateway.metrics());

        processes.add(ServiceProcess.java(nodes.get(0).port(), Map.of()));
        awaitLinkedAgain(gateway);
        assertTakesNewUsers(gateway);
    }

    @Test
    void clientsWaitForTheOnlyNode() {
        List<ServiceProcess> nodes = processes.services(1);
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "", Map.of()));
        Load load = processes.add(Load.start(gateway.address(), CLIENTS));

        // At once, so that first packets are on their way.
        nodes.get(0).process().signal("KILL");
        nodes.get(0).process().awaitExit();
        processes.add(ServiceProcess.java(nodes.get(0).port(), Map.of()));
        load.awaitAnswers(20 * CLIENTS);

        LoadSummary seen = load.pause();
        report("SIGKILL of the only node", seen, gateway.metrics());
        assertNobodyNoticed(seen, gateway.metrics());
    }

    @Test
    void nothingOfAFrozenNodeReachesAClient() {
        List<ServiceProcess> nodes = processes.services(2);
        GatewayProcess gateway = processes.add(GatewayProcess.start(contract, nodes, "ping-interval: 1s\n", Map.of()));
        Load load = processes.add(Load.start(gateway.address(), CLIENTS));
        load.awaitAnswers(20 * CLIENTS);

        nodes.get(0).process().signal("STOP");
        awaitAllOnTheOther(gateway);
        load.awaitAnswers(20 * CLIENTS);

        nodes.get(0).process().signal("CONT");
        awaitLinkedAgain(gateway);
        load.awaitAnswers(20 * CLIENTS);

        LoadSummary seen = load.pause();
        report("SIGSTOP of a node", seen, gateway.metrics());
        assertNobodyNoticed(seen, gateway.metrics());
        assertTakesNewUsers(gateway);
    }

    private static void awaitAllOnTheOther(GatewayProcess gateway) {
        await("all on the other node")
                .atMost(WAIT)
                .until(() -> gateway.metrics().attached("game2") == CLIENTS);
    }

    private static void awaitLinkedAgain(GatewayProcess gateway) {
        await("linked again")
                .atMost(WAIT)
                .until(() ->
                        gateway.metrics().links("game1") == gateway.metrics().links("game2"));
    }

    private static void assertNobodyNoticed(LoadSummary seen, Metrics metrics) {
        assertThat(seen.connected()).isEqualTo(CLIENTS);
        assertThat(seen.disorders()).isZero();
        assertThat(seen.foreign()).isZero();
        assertThat(seen.unsettled()).isZero();
        // What clients had in flight is missing, and the gateway knows how much that is.
        assertThat(seen.missing()).isEqualTo(seen.gaps()).isEqualTo(metrics.notReturned());
    }

    private static void assertTakesNewUsers(GatewayProcess gateway) {
        long before = gateway.metrics().attached("game1");
        long now = NewUsers.during(
                gateway.address(), NEW_USERS, () -> gateway.metrics().attached("game1"));
        assertThat(now).isGreaterThan(before);
    }

    // The figures that reports cite.
    @SuppressWarnings("SystemOut")
    private static void report(String what, LoadSummary seen, Metrics metrics) {
        System.out.println(
                what + ": " + seen.toJson() + ", not returned " + metrics.notReturned() + ", stale " + metrics.stale());
    }
}
