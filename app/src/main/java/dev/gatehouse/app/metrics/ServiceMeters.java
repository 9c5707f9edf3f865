package dev.gatehouse.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The statistics of a service's node as meters, which read them when they are read. Any thread. */
final class ServiceMeters {
    private final Supplier<ServiceStatistics> statistics;

    ServiceMeters(MeterRegistry registry, Supplier<ServiceStatistics> statistics) {
        this.statistics = statistics;
        Gauge.builder(Meters.SERVICE_USERS.meterName(), this, meters -> meters.now(ServiceStatistics::users))
                .description(Meters.SERVICE_USERS.meaning())
                .register(registry);
        counter(registry, Meters.SERVICE_PACKETS, Tags.of("direction", "in"), ServiceStatistics::packetsIn);
        counter(registry, Meters.SERVICE_PACKETS, Tags.of("direction", "out"), ServiceStatistics::packetsOut);
        counter(registry, Meters.SERVICE_DROPPED, Tags.empty(), ServiceStatistics::dropped);
        counter(registry, Meters.SERVICE_MISPLACED, Tags.empty(), ServiceStatistics::misplaced);
    }

    /** Nothing: each meter reads the statistics itself. */
    void refresh() {}

    private void counter(MeterRegistry registry, Meters meter, Tags tags, ToLongFunction<ServiceStatistics> count) {
        FunctionCounter.builder(meter.meterName(), this, meters -> meters.now(count))
                .tags(tags)
                .description(meter.meaning())
                .register(registry);
    }

    private double now(ToLongFunction<ServiceStatistics> count) {
        return (double) count.applyAsLong(statistics.get());
    }
}
