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
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RingBenchmark {
    private static final int POINTS = RingSettings.DEFAULT.points();

    /** The members of a service, and their rings. */
    @State(Scope.Thread)
    public static class Members {
        @Param({"10", "1000"})
        private int members;

        private List<RingMember> all = List.of();
        private List<String> ids = List.of();
        private Ring ring = Ring.of("game", RingSettings.DEFAULT, List.of());
        private ConsistentHash<String> pekko = ConsistentHash.create(List.of(), POINTS);

        @Setup
        public void setUp() {
            all = IntStream.range(0, members)
                    .mapToObj(i -> RingMember.owner(Node.of("game" + i, "game", "10.0.0.1", 7000 + i)))
                    .toList();
            ids = all.stream().map(RingMember::id).toList();
            ring = lay();
            pekko = layOfPekko();
        }

        private Ring lay() {
            return Ring.of("game", RingSettings.DEFAULT, all);
        }

        private ConsistentHash<String> layOfPekko() {
            return ConsistentHash.create(ids, POINTS);
        }
    }

    /** Users who are looked up in turn: a few that the nearest caches keep, or so many that neither they nor their points stay there. */
    @State(Scope.Thread)
    public static class Users {
        @Param({"1024", "65536"})
        private int users;

        private String[] ids = {};
        private int next;

        @Setup
        public void setUp() {
            SplittableRandom random = new SplittableRandom(1);
            ids = IntStream.range(0, users)
                    .mapToObj(i -> Long.toString(random.nextLong(1_000_000_000_000L)))
                    .toArray(String[]::new);
        }

        private String next() {
            return ids[next++ & (ids.length - 1)];
        }
    }

    @Benchmark
    public Optional<RingMember> owner(Members members, Users users) {
        return members.ring.owner(users.next());
    }

    @Benchmark
    public String ownerOfPekko(Members members, Users users) {
        return members.pekko.nodeFor(users.next());
    }

    /** From members to a ring that answers. */
    @Benchmark
    public Ring lay(Members members) {
        return members.lay();
    }

    @Benchmark
    public ConsistentHash<String> layOfPekko(Members members) {
        return members.layOfPekko();
    }
}
