package dev.gatehouse.app.metrics;

import dev.gatehouse.gateway.GatewayStatistics;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.ServerStatistics;
import dev.gatehouse.protocol.EndReason;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Statistics as a gateway could give them. */
final class Statistics {
    private Statistics() {}

    static GatewayStatistics sample() {
        return withOpcodes(List.of(new GatewayStatistics.Opcode(1001, "proto_ping_req", 1, 10_000_000)));
    }

    static GatewayStatistics withOpcodes(List<GatewayStatistics.Opcode> opcodes) {
        return with(opcodes, List.of(node("g1", 10)));
    }

    static GatewayStatistics withNodes(List<GatewayStatistics.Node> nodes) {
        return with(List.of(), nodes);
    }

    /** A node of the service game. */
    static GatewayStatistics.Node node(String id, long forwarded) {
        return new GatewayStatistics.Node("game", id, 2, 1, forwarded, 9, 8, 7, 6, 2, 4_000_000);
    }

    private static GatewayStatistics with(List<GatewayStatistics.Opcode> opcodes, List<GatewayStatistics.Node> nodes) {
        return new GatewayStatistics(
                new ServerStatistics(
                        9,
                        8,
                        2,
                        0,
                        7,
                        6,
                        5,
                        4,
                        Arrays.stream(CloseReason.values()).collect(Collectors.toMap(Function.identity(), r -> 1L))),
                3,
                2,
                1,
                Arrays.stream(EndReason.values())
                        .collect(Collectors.toMap(Function.identity(), r -> r == EndReason.KICKED ? 5L : 0L)),
                List.of(new GatewayStatistics.Route("game", 1, 2, 3, 4, 5)),
                opcodes,
                List.of(new GatewayStatistics.Service("game", 4, 3, 17)),
                nodes);
    }
}
