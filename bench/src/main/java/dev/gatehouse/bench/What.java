package dev.gatehouse.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be measured. */
enum What {
    /** Frames behind a u16 length, at every server. */
    ECHO(20, 50),
    /** Lines, at every server. */
    LINES(20, 50),
    /** Blocking code on virtual threads. */
    STYLE(20, 50),
    /** The gateway, its contracts, and what encryption adds. */
    GATEWAY(20, 50),
    /** Memory of a connection that does nothing. */
    IDLE(3, 15_000),
    /** What a message costs when more clients are connected. */
    SCALE(10, 15_000);

    private static final Work SMALL = new Work(64, 1);
    private static final Work SMALL_DEEP = new Work(64, 32);
    private static final Work LARGE = new Work(4096, 1);
    private static final Work LARGE_DEEP = new Work(4096, 32);
    private static final List<String> NETTY = List.of("netty", "netty-epoll", "netty-lean", "netty-lean-epoll");

    private final int turns;
    private final int clients;

    What(int turns, int clients) {
        this.turns = turns;
        this.clients = clients;
    }

    /** How often each is measured, unless one asks for another number. */
    int turns() {
        return turns;
    }

    /** How many clients are connected, unless one asks for another number. */
    int clients() {
        return clients;
    }

    Experiment experiment() {
        return switch (this) {
            case ECHO -> echo(Wire.LENGTH);
            case LINES -> echo(Wire.LINES);
            case STYLE ->
                new TurnsExperiment(
                        Contestants.styles(),
                        List.of(SMALL, SMALL_DEEP, LARGE),
                        List.of(new Goal("net-virtual", SMALL, List.of("jdk"), "", 1.40)),
                        Appendix.NONE);
            case GATEWAY ->
                new TurnsExperiment(
                        Contestants.gateways(),
                        List.of(SMALL, SMALL_DEEP, LARGE),
                        List.of(
                                new Goal("trunk", SMALL, List.of("net"), "", 1.35),
                                new Goal("trunk", SMALL_DEEP, List.of("net"), "", 3.0),
                                new Goal("trunk", LARGE, List.of("net"), "", 1.6),
                                new Goal("gonet2", SMALL, List.of("passthrough"), "", 1.1),
                                new Goal("gonet2", SMALL_DEEP, List.of("passthrough"), "", 1.1),
                                new Goal("gonet2", LARGE, List.of("passthrough"), "", 1.1)),
                        new Ciphers("trunk", List.of(SMALL, SMALL_DEEP, LARGE)));
            case IDLE -> new IdleExperiment();
            case SCALE -> new ScaleExperiment();
        };
    }

    private static Experiment echo(Wire wire) {
        List<Contestant> all = Contestants.echoes(wire);
        List<String> peers = all.stream()
                .map(Contestant::id)
                .filter(id -> !id.equals("floor") && !id.startsWith("net-") && !id.equals("net"))
                .toList();
        return new TurnsExperiment(
                all,
                List.of(SMALL, SMALL_DEEP, LARGE, LARGE_DEEP),
                List.of(
                        new Goal("net", SMALL, NETTY, "the best Netty", 1.05),
                        new Goal("net", SMALL_DEEP, List.of("floor"), "", 1.20),
                        new Goal("net", SMALL_DEEP, peers, "the best peer", 1.00),
                        new Goal("net", LARGE, peers, "the best peer", 1.05)),
                Appendix.NONE);
    }

    /** The name as the command has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String words() {
        return List.of(values()).stream().map(What::word).collect(Collectors.joining(", "));
    }
}
