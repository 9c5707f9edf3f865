package dev.gatehouse.ring;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Which of a service's nodes serves a user; asked once a session and service. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlacementBenchmark {
    @Param({"3", "100"})
    private int members;

    @Param({"userHash", "roundRobin"})
    private String placement = "";

    private List<Member> all = List.of();
    private Placement subject = Placement.userHash();
    private long user;

    @Setup
    public void setUp() {
        all = IntStream.range(0, members)
                .mapToObj(i -> Member.of("game" + i, "127.0.0.1", 7000 + i))
                .toList();
        subject = placement.equals("userHash") ? Placement.userHash() : Placement.roundRobin();
    }

    @Benchmark
    public Optional<Member> place() {
        return subject.place(user++, all, member -> true);
    }
}
