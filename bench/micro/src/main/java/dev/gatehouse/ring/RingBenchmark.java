package dev.gatehouse.ring;

import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.routing.ConsistentHash;
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

/** The ring of one service, with 1024 points a member, beside Apache Pekko's {@link ConsistentHash} with as many virtual nodes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RingBenchmark {
    private static final int POINTS = RingSettings.DEFAULT.points();
    private static final int KEYS = 1 << 16;

    @Param({"10", "1000"})
    private int members;

    private List<RingMember> all = List.of();
    private List<String> ids = List.of();
    private String[] users = {};
    private Ring ring = Ring.of("game", RingSettings.DEFAULT, List.of());
    private ConsistentHash<String> pekko = ConsistentHash.create(List.of(), POINTS);
    private int next;

    @Setup
    public void setUp() {
        all = IntStream.range(0, members)
                .mapToObj(i -> RingMember.owner(Node.of("game" + i, "game", "10.0.0.1", 7000 + i)))
                .toList();
        ids = all.stream().map(RingMember::id).toList();
        SplittableRandom random = new SplittableRandom(1);
        users = IntStream.range(0, KEYS)
                .mapToObj(i -> Long.toString(random.nextLong(1_000_000_000_000L)))
                .toArray(String[]::new);
        ring = lay();
        pekko = layOfPekko();
    }

    /** The user that is looked up next, of more than the nearest caches hold. */
    private String user() {
        return users[next++ & (KEYS - 1)];
    }

    @Benchmark
    public Optional<RingMember> owner() {
        return ring.owner(user());
    }

    @Benchmark
    public String ownerOfPekko() {
        return pekko.nodeFor(user());
    }

    /** From members to a ring that answers. */
    @Benchmark
    public Ring lay() {
        return Ring.of("game", RingSettings.DEFAULT, all);
    }

    @Benchmark
    public ConsistentHash<String> layOfPekko() {
        return ConsistentHash.create(ids, POINTS);
    }
}
