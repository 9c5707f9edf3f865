package dev.gatehouse.bench;

import dev.gatehouse.net.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What a packet costs a server in processor time, beside rivals, in turn in short windows of one run. The measured server is pinned to
 * processor 0; the load (this process, to be started on processor 1) and the gateway's service share the other.
 */
public final class PacketCost {
    private static final int SERVER = 0;
    private static final int OTHERS = 1;
    private static final int CLIENTS = 50;
    private static final int PAYLOAD_BYTES = 64;
    private static final int[] IN_FLIGHT = {1, 32};
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int WARM_UP_TURNS = 5;

    /** A server that is measured, and the name of the one that its cost is divided by. */
    private record Row(String name, String base, Contestant server, Load load) {}

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Transport transport;
    private final int turns;

    private PacketCost(Transport transport, int turns) {
        this.transport = transport;
        this.turns = turns;
    }

    /** Arguments: {@code echo} or {@code gateway}, turns, transport ({@code best} for the best). */
    public static void main(String[] arguments) throws Exception {
        Transport transport = arguments[2].equals("best")
                ? Transport.best()
                : Transport.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        PacketCost cost = new PacketCost(transport, Integer.parseInt(arguments[1]));
        try {
            cost.start(arguments[0]);
            cost.measure();
        } finally {
            for (AutoCloseable each : cost.open) {
                each.close();
            }
        }
    }

    private void start(String what) throws IOException {
        row("Netty echo", "Netty echo", false, "netty-echo");
        row("net echo, callbacks", "Netty echo", false, "net-echo");
        if (what.equals("gateway")) {
            Contestant service = opened(Contestant.start(OTHERS, "service", transport.name()));
            row("gateway, contract gonet2", "Netty echo", true, "gateway", Integer.toString(service.port()));
        } else {
            row("JDK blocking echo, virtual threads", "JDK blocking echo, virtual threads", false, "jdk-echo");
            row("net echo, virtual threads", "JDK blocking echo, virtual threads", false, "net-blocking-echo");
        }
    }

    private void row(String name, String base, boolean gateway, String program, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, transport.name()));
        command.addAll(List.of(more));
        Contestant server = opened(Contestant.start(SERVER, command.toArray(String[]::new)));
        rows.add(new Row(name, base, server, opened(new Load(server.port(), gateway, CLIENTS, PAYLOAD_BYTES))));
    }

    private <T extends AutoCloseable> T opened(T each) {
        open.addFirst(each);
        return each;
    }

    @SuppressWarnings("SystemOut") // The table is what this program is for.
    private void measure() throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%d clients, %d-byte payload, %s, JDK %s, %d turns of 1 s each; CPU of the server a packet%n%n"
                        + "| server | in flight | us, median | us, min to max | ratio, median | 95 %% interval | to |%n"
                        + "|---|---|---|---|---|---|---|%n",
                CLIENTS,
                PAYLOAD_BYTES,
                transport,
                Runtime.version(),
                turns);
        for (int inFlight : IN_FLIGHT) {
            Map<String, Sample> micros = new LinkedHashMap<>();
            Map<String, Sample> ratios = new LinkedHashMap<>();
            for (int turn = -WARM_UP_TURNS; turn < turns; turn++) {
                Progress.show(inFlight + " in flight", turn + WARM_UP_TURNS, turns + WARM_UP_TURNS);
                turn(inFlight, turn >= 0, micros, ratios);
            }
            Progress.clear();
            for (Row row : rows) {
                Sample cost = Objects.requireNonNull(micros.get(row.name));
                Sample ratio = Objects.requireNonNull(ratios.get(row.name));
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %.2f | %s | %.2f | %s | %s |%n",
                        row.name,
                        inFlight,
                        cost.median(),
                        cost.range(),
                        ratio.median(),
                        ratio.interval(),
                        row.base);
            }
        }
    }

    private void turn(int inFlight, boolean counts, Map<String, Sample> micros, Map<String, Sample> ratios)
            throws IOException {
        Map<String, Double> costs = new HashMap<>();
        for (Row row : rows) {
            long before = row.server.cpuNanos();
            long packets = row.load.run(inFlight, WINDOW_NANOS);
            double cost = (row.server.cpuNanos() - before) / 1_000.0 / packets;
            costs.put(row.name, cost);
            if (counts) {
                micros.computeIfAbsent(row.name, r -> new Sample()).add(cost);
                ratios.computeIfAbsent(row.name, r -> new Sample())
                        .add(cost / Objects.requireNonNull(costs.get(row.base)));
            }
        }
    }
}
