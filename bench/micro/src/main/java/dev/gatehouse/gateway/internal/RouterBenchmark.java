package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.ring.Member;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Which service gets a packet, and by which route its answer comes back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouterBenchmark {
    private static final int OPCODE_MIN = 1001;
    private static final int OPCODES = 1998;

    private final Router router = new Router(GatewayConfig.builder()
            .services(Map.of("chat", service("chat"), "game", service("game")))
            .routes(List.of(RouteConfig.of("chat", 1001, 1999, "chat"), RouteConfig.of("game", 2000, 2998, "game")))
            .build());
    private int next;

    private static ServiceConfig service(String name) {
        return ServiceConfig.plain(name, List.of(Member.of(name + "1", "127.0.0.1", 7001)));
    }

    @Benchmark
    public @Nullable Route route() {
        next = (next + 1) % OPCODES;
        return router.route(OPCODE_MIN + next);
    }

    @Benchmark
    public Route wayBack() {
        next = (next + 1) % OPCODES;
        return router.wayBack(OPCODE_MIN + next, 0);
    }
}
