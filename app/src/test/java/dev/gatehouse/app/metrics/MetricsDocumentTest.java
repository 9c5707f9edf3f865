package dev.gatehouse.app.metrics;

import dev.gatehouse.app.Documents;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {
    private static final String HEAD = """
            # Metrics

            A gateway serves its meters for Prometheus at `/metrics` of its console address, and pushes them to a StatsD server if
            `statsd.host` says so (docs/configuration.md). A process of `gatehouse service --console` serves those that begin with
            `gatehouse.service`, one of `gatehouse coordinator --console` those that begin with `gatehouse.coordinator`, and both those of every
            process: `gatehouse.direct`, `jvm` and `process`.

            In StatsD a meter has the name of the first column, and the values of its labels after it (in the order of the labels' names), with dots between. Counters are pushed
            as their increase, timers as one sample: the mean in milliseconds, with a rate that says of how many. The handling time of an
            opcode is called `API.` and its name in capital letters there, for example `API.PROTO_PING_REQ`.

            Counters and timers count from the start of the process. Values are read while they change, so two of one
            answer may be a moment apart. What a gateway tells of a node goes five minutes after its last link to it, once the node is no member
            any more; if the node comes back, it counts from 0.

            This page is made of the table in `Meters`; a test holds it to that.

            | meter | in Prometheus | kind | unit | labels | meaning |
            |---|---|---|---|---|---|
            """;

    @Test
    void describesEveryMeter() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Meters meter : Meters.values()) {
            page.append("| `").append(meter.meterName());
            page.append("` | `").append(prometheusName(meter));
            page.append("` | ").append(meter.kind().name().toLowerCase(Locale.ROOT));
            page.append(" | ").append(meter.unit());
            page.append(" | ").append(String.join(", ", meter.labels()));
            page.append(" | ").append(meter.meaning()).append(" |\n");
        }
        Documents.check("metrics.md", page.toString());
    }

    static String prometheusName(Meters meter) {
        PrometheusNamingConvention convention = new PrometheusNamingConvention();
        Meter.Type type = switch (meter.kind()) {
            case COUNTER -> Meter.Type.COUNTER;
            case GAUGE -> Meter.Type.GAUGE;
            case TIMER -> Meter.Type.TIMER;
        };
        String name = convention.name(meter.meterName(), type, meter.nameUnit());
        return switch (meter.kind()) {
            case COUNTER -> name.endsWith("_total") ? name : name + "_total";
            case GAUGE -> name;
            case TIMER -> name + "_count, " + name + "_sum";
        };
    }
}
