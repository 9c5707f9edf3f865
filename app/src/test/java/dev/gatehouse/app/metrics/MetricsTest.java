package dev.gatehouse.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.CoordinatorStatistics;
import dev.gatehouse.cluster.ErrorCode;
import dev.gatehouse.gateway.GatewayStatistics;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void showsEveryMeterOfTheTableUnderItsDocumentedName() {
        // Its first sample comes with the first collection of the JVM.
        Set<Meters> late = Set.of(Meters.GC_PAUSE);
        try (Metrics metrics = Metrics.ofGateway(Statistics::sample)) {
            Set<String> shown = metrics.scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceAll("[{ ].*", ""))
                    .collect(Collectors.toSet());
            List<String> documented = Arrays.stream(Meters.values())
                    .filter(meter -> !late.contains(meter) && !ofService(meter) && !ofCoordinator(meter))
                    .flatMap(meter -> Arrays.stream(
                            MetricsDocumentTest.prometheusName(meter).split(", ")))
                    .toList();
            assertThat(shown).containsAll(documented);
            assertThat(shown.stream().filter(name -> !name.startsWith("jvm_gc_pause")))
                    .isSubsetOf(documented);
        }
    }

    private static boolean ofService(Meters meter) {
        return meter.meterName().startsWith("gatehouse.service.");
    }

    private static boolean ofCoordinator(Meters meter) {
        return meter.meterName().startsWith("gatehouse.coordinator.");
    }

    @Test
    void showsThoseOfACoordinator() {
        Node node = Node.of("game1", "game", "127.0.0.1", 7001);
        RingSnapshot rings = RingSnapshot.of(
                new RingVersion(3, 17), RingSettings.DEFAULT, List.of(RingMember.owner(node)), Optional.empty());
        CoordinatorStatistics statistics = new CoordinatorStatistics(
                true,
                Optional.empty(),
                Optional.empty(),
                1,
                2,
                3,
                4,
                5,
                12,
                6,
                Map.of(ErrorCode.FULL, 7L),
                8,
                9,
                10,
                11,
                rings);
        try (Metrics metrics = Metrics.ofCoordinator(() -> statistics)) {
            String page = metrics.scrape();
            assertThat(page)
                    .contains(
                            "gatehouse_coordinator_version 17.0",
                            "gatehouse_coordinator_connections{role=\"watcher\"} 3.0",
                            "gatehouse_coordinator_errors_total{code=\"FULL\"} 7.0",
                            "gatehouse_coordinator_members{placement=\"owner\",service=\"game\"} 1.0")
                    .doesNotContain("gatehouse_sessions");
            assertThat(Arrays.stream(Meters.values())
                            .filter(MetricsTest::ofCoordinator)
                            .flatMap(meter -> Arrays.stream(
                                    MetricsDocumentTest.prometheusName(meter).split(", "))))
                    .allMatch(page::contains);
        }
    }

    @Test
    void showsThoseOfAService() {
        try (Metrics metrics = Metrics.ofService(() -> new ServiceStatistics(4, 3, 2, 1, 5))) {
            String page = metrics.scrape();
            assertThat(page)
                    .contains(
                            "gatehouse_service_users 4.0",
                            "gatehouse_service_packets_total{direction=\"in\"} 3.0",
                            "gatehouse_service_packets_total{direction=\"out\"} 2.0",
                            "gatehouse_service_dropped_total 1.0",
                            "gatehouse_service_misplaced_total 5.0",
                            "process_uptime_seconds",
                            "gatehouse_direct_memory_bytes")
                    .doesNotContain("gatehouse_sessions");
            assertThat(Arrays.stream(Meters.values())
                            .filter(MetricsTest::ofService)
                            .flatMap(meter -> Arrays.stream(
                                    MetricsDocumentTest.prometheusName(meter).split(", "))))
                    .allMatch(page::contains);
        }
    }

    @Test
    void keepsAServicesMetersAlive() {
        try (Metrics metrics = Metrics.ofService(() -> new ServiceStatistics(4, 3, 2, 1, 5))) {
            System.gc();
            assertThat(metrics.scrape()).contains("gatehouse_service_users 4.0");
        }
    }

    @Test
    void showsTheLabelsThatTheTableNames() {
        try (Metrics metrics = Metrics.ofGateway(Statistics::sample)) {
            assertThat(metrics.scrape())
                    .contains(
                            "gatehouse_node_forwarded_total{node=\"g1\",service=\"game\"} 10.0",
                            "gatehouse_node_misplaced_total{node=\"g1\",service=\"game\"} 6.0",
                            "gatehouse_link_ping_seconds_sum{node=\"g1\",service=\"game\"} 0.004",
                            "gatehouse_route_packets_total{direction=\"out\",route=\"game\"} 2.0",
                            "gatehouse_sessions_ended_total{reason=\"KICKED\"} 5.0");
        }
    }

    @Test
    void takesOffTheSeriesOfNodesThatTheGatewayHasForgotten() {
        AtomicReference<List<GatewayStatistics.Node>> nodes = new AtomicReference<>(List.of());
        try (Metrics metrics = Metrics.ofGateway(() -> Statistics.withNodes(nodes.get()))) {
            nodes.set(List.of(Statistics.node("g1", 10), Statistics.node("g2", 20)));
            assertThat(metrics.scrape()).contains("gatehouse_node_forwarded_total{node=\"g1\",service=\"game\"} 10.0");
            nodes.set(List.of(Statistics.node("g2", 21)));
            assertThat(metrics.scrape())
                    .doesNotContain("node=\"g1\"")
                    .contains("gatehouse_node_forwarded_total{node=\"g2\",service=\"game\"} 21.0");
            nodes.set(List.of(Statistics.node("g1", 1), Statistics.node("g2", 22)));
            assertThat(metrics.scrape())
                    .contains(
                            "gatehouse_node_forwarded_total{node=\"g1\",service=\"game\"} 1.0",
                            "gatehouse_sessions_waiting{service=\"game\"} 4.0");
        }
    }

    @Test
    void addsUpOpcodesOfOneNameAndThoseBeyondItsLimit() {
        List<GatewayStatistics.Opcode> opcodes = new ArrayList<>();
        opcodes.add(new GatewayStatistics.Opcode(1, "same", 1, 1_000_000_000));
        opcodes.add(new GatewayStatistics.Opcode(2, "same", 2, 1_000_000_000));
        for (int i = 0; i < GatewayMeters.OPCODES_MAX + 5; i++) {
            opcodes.add(new GatewayStatistics.Opcode(2000 + i, "op" + i, 1, 1));
        }
        try (Metrics metrics = Metrics.ofGateway(() -> Statistics.withOpcodes(opcodes))) {
            metrics.scrape();
            String page = metrics.scrape();
            assertThat(page)
                    .contains(
                            "gatehouse_opcode_handling_seconds_count{opcode=\"same\"} 3",
                            "gatehouse_opcode_handling_seconds_sum{opcode=\"same\"} 2.0",
                            "gatehouse_opcode_handling_seconds_count{opcode=\"other\"} 6");
        }
    }
}
