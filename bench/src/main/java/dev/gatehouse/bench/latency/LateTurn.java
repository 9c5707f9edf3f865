package dev.gatehouse.bench.latency;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A task of an event loop ran so late: turns took that long. It ended when this was recorded. */
@Name(LateTurn.NAME)
@Label("Late turn")
@Category("Gatehouse")
@StackTrace(false)
final class LateTurn extends Event {
    static final String NAME = "dev.gatehouse.LateTurn";

    @Label("Late by")
    @Timespan(Timespan.NANOSECONDS)
    long nanos;
}
