package dev.gatehouse.app.metrics;

import dev.gatehouse.cluster.CoordinatorStatistics;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.Standing;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** A coordinator's statistics as meters, which show one picture of them at each scrape. Any thread. */
final class CoordinatorMeters {
    private final Supplier<CoordinatorStatistics> statistics;
    private final MultiGauge members;

    private volatile CoordinatorStatistics now;

    CoordinatorMeters(MeterRegistry registry, Supplier<CoordinatorStatistics> statistics) {
        this.statistics = statistics;
        now = statistics.get();
        gauge(registry, Meters.COORDINATOR_LEADING, Tags.empty(), s -> s.leading() ? 1 : 0);
        gauge(
                registry,
                Meters.COORDINATOR_STORE_UP,
                Tags.empty(),
                s -> s.trouble().isEmpty() ? 1 : 0);
        gauge(
                registry,
                Meters.COORDINATOR_EPOCH,
                Tags.empty(),
                s -> s.rings().version().epoch());
        gauge(
                registry,
                Meters.COORDINATOR_VERSION,
                Tags.empty(),
                s -> s.rings().version().version());
        gauge(
                registry,
                Meters.COORDINATOR_PENDING,
                Tags.empty(),
                s -> s.rings().pending().isPresent() ? 1 : 0);
        gauge(registry, Meters.COORDINATOR_CONNECTIONS, role("node"), CoordinatorStatistics::nodes);
        gauge(registry, Meters.COORDINATOR_CONNECTIONS, role("watcher"), CoordinatorStatistics::watchers);
        gauge(registry, Meters.COORDINATOR_CONNECTIONS, role("operator"), CoordinatorStatistics::operators);
        gauge(registry, Meters.COORDINATOR_CONNECTIONS, role("unverified"), CoordinatorStatistics::unverified);
        counter(registry, Meters.COORDINATOR_OPENED, Tags.empty(), CoordinatorStatistics::opened);
        counter(registry, Meters.COORDINATOR_TURNED_AWAY, Tags.empty(), CoordinatorStatistics::turnedAway);
        counter(registry, Meters.COORDINATOR_VERIFIED, Tags.empty(), CoordinatorStatistics::verified);
        counter(registry, Meters.COORDINATOR_LOST, Tags.empty(), CoordinatorStatistics::lost);
        counter(registry, Meters.COORDINATOR_PUBLISHED, Tags.empty(), CoordinatorStatistics::published);
        counter(registry, Meters.COORDINATOR_SAVE_FAILURES, Tags.empty(), CoordinatorStatistics::saveFailures);
        counter(registry, Meters.COORDINATOR_PAUSES, Tags.empty(), CoordinatorStatistics::pauses);
        now.errors()
                .keySet()
                .forEach(code -> counter(
                        registry,
                        Meters.COORDINATOR_ERRORS,
                        Tags.of("code", code.name()),
                        s -> s.errors().getOrDefault(code, 0L)));
        members = MultiGauge.builder(Meters.COORDINATOR_MEMBERS.meterName())
                .description(Meters.COORDINATOR_MEMBERS.meaning())
                .register(registry);
    }

    /** Takes a new picture. */
    synchronized void refresh() {
        now = statistics.get();
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (String service : now.rings().services()) {
            for (Standing standing : Standing.values()) {
                Tags tags =
                        Tags.of("service", service, "placement", standing.name().toLowerCase(Locale.ROOT));
                rows.add(MultiGauge.Row.of(tags, count(service, standing)));
            }
        }
        members.register(rows, true);
    }

    private long count(String service, Standing standing) {
        return now.rings().members().stream()
                .filter(member -> member.service().equals(service))
                .map(RingMember::standing)
                .filter(standing::equals)
                .count();
    }

    private static Tags role(String role) {
        return Tags.of("role", role);
    }

    private void gauge(MeterRegistry registry, Meters meter, Tags tags, ToDoubleFunction<CoordinatorStatistics> value) {
        Gauge.builder(meter.meterName(), this, meters -> value.applyAsDouble(meters.now))
                .tags(tags)
                .description(meter.meaning())
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, Meters meter, Tags tags, ToDoubleFunction<CoordinatorStatistics> count) {
        FunctionCounter.builder(meter.meterName(), this, meters -> count.applyAsDouble(meters.now))
                .tags(tags)
                .description(meter.meaning())
                .register(registry);
    }
}
