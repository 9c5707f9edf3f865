package dev.gatehouse.app.metrics;

import dev.gatehouse.cluster.CoordinatorStatistics;
import dev.gatehouse.gateway.GatewayStatistics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.util.function.Function;
import java.util.function.Supplier;

/** The meters of a process: its own, and those of the gateway or the service that it runs. Any thread. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Runnable refresh;

    private Metrics(Function<MeterRegistry, Runnable> meters) {
        registry.config().meterFilter(MeterFilter.denyUnless(id -> Meters.lists(id.getName())));
        refresh = meters.apply(registry);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder(Meters.DIRECT_MEMORY.meterName(), ByteBufAllocator.DEFAULT, Metrics::directMemory)
                .baseUnit(Meters.DIRECT_MEMORY.unit())
                .description(Meters.DIRECT_MEMORY.meaning())
                .register(registry);
    }

    /** Meters over these statistics of a gateway, which are read at each scrape and push. */
    public static Metrics ofGateway(Supplier<GatewayStatistics> statistics) {
        return new Metrics(registry -> new GatewayMeters(registry, statistics)::refresh);
    }

    /** Meters over these statistics of a service's node, which are read at each scrape. */
    public static Metrics ofService(Supplier<ServiceStatistics> statistics) {
        // The registry keeps no hold of what its meters read; the action does.
        return new Metrics(registry -> new ServiceMeters(registry, statistics)::refresh);
    }

    /** Meters over these statistics of a coordinator, which are read at each scrape. */
    public static Metrics ofCoordinator(Supplier<CoordinatorStatistics> statistics) {
        return new Metrics(registry -> new CoordinatorMeters(registry, statistics)::refresh);
    }

    /** All meters in Prometheus' text format, version 0.0.4. */
    public String scrape() {
        refresh.run();
        return registry.scrape();
    }

    /** All meters, brought up to date. */
    MeterRegistry refreshed() {
        refresh.run();
        return registry;
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private static double directMemory(ByteBufAllocator allocator) {
        return allocator instanceof ByteBufAllocatorMetricProvider provider
                ? provider.metric().usedDirectMemory()
                : Double.NaN;
    }
}
