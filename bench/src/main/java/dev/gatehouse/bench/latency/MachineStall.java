package dev.gatehouse.bench.latency;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A thread that does nothing but sleep for a millisecond was away for so long. It was back when this was recorded. */
@Name(MachineStall.NAME)
@Label("Machine stall")
@Category("Gatehouse")
@StackTrace(false)
final class MachineStall extends Event {
    static final String NAME = "dev.gatehouse.MachineStall";

    @Label("Away for")
    @Timespan(Timespan.NANOSECONDS)
    long nanos;
}
