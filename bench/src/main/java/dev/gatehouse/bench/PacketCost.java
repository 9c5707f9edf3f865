package dev.gatehouse.bench;

import dev.gatehouse.net.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a packet costs the server in processor time: a plain Netty echo, our echo and our gateway, in turn in short windows of one
 * run. The server is pinned to processor 0; the load (this process, to be started on processor 1) and the gateway's service share
 * the other.
 */
public final class PacketCost {
    private static final int SERVER = 0;
    private static final int OTHERS = 1;
    private static final int CLIENTS = 50;
    private static final int PAYLOAD_BYTES = 64;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int WARM_UP_TURNS = 5;

    private final Map<String, List<Double>> micros = new LinkedHashMap<>();
    private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

    private PacketCost() {}

    /** Arguments: turns (by default 10), transport (by default the best). */
    public static void main(String[] arguments) throws IOException {
        int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        Transport transport =
                arguments.length > 1 ? Transport.valueOf(arguments[1].toUpperCase(Locale.ROOT)) : Transport.best();
        new PacketCost().measure(turns, transport);
    }

    private void measure(int turns, Transport transport) throws IOException {
        try (Contestant netty = Contestant.start(SERVER, "netty-echo", transport.name());
                Contestant net = Contestant.start(SERVER, "net-echo", transport.name());
                Contestant service = Contestant.start(OTHERS, "service", transport.name());
                Contestant gateway =
                        Contestant.start(SERVER, "gateway", transport.name(), Integer.toString(service.port()));
                Load nettyLoad = new Load(netty.port(), false, CLIENTS, PAYLOAD_BYTES);
                Load netLoad = new Load(net.port(), false, CLIENTS, PAYLOAD_BYTES);
                Load gatewayLoad = new Load(gateway.port(), true, CLIENTS, PAYLOAD_BYTES)) {
            for (int inFlight : new int[] {1, 32}) {
                for (int turn = -WARM_UP_TURNS; turn < turns; turn++) {
                    boolean counts = turn >= 0;
                    double base = window("Netty echo", inFlight, netty, nettyLoad, counts, 0);
                    window("net echo", inFlight, net, netLoad, counts, base);
                    window("gateway", inFlight, gateway, gatewayLoad, counts, base);
                }
            }
        }
        print(turns, transport);
    }

    private double window(String name, int inFlight, Contestant server, Load load, boolean counts, double base)
            throws IOException {
        long before = server.cpuNanos();
        long packets = load.run(inFlight, WINDOW_NANOS);
        double cost = (server.cpuNanos() - before) / 1_000.0 / packets;
        if (counts) {
            String row = name + " | " + inFlight;
            micros.computeIfAbsent(row, r -> new ArrayList<>()).add(cost);
            ratios.computeIfAbsent(row, r -> new ArrayList<>()).add(base == 0 ? 1 : cost / base);
        }
        return cost;
    }

    @SuppressWarnings("SystemOut") // The table is what this program is for.
    private void print(int turns, Transport transport) {
        System.out.printf(
                Locale.ROOT,
                "%d clients, %d-byte payload, %s, JDK %s, %d turns of 1 s each; CPU of the server a packet%n%n",
                CLIENTS,
                PAYLOAD_BYTES,
                transport,
                Runtime.version(),
                turns);
        System.out.println(
                "| server | in flight | us, median | us, min to max | ratio to Netty echo, median | min to max |");
        System.out.println("|---|---|---|---|---|---|");
        micros.forEach((row, values) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %s | %.2f | %s |%n",
                row,
                median(values),
                range(values),
                median(ratios.getOrDefault(row, List.of())),
                range(ratios.getOrDefault(row, List.of()))));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String range(List<Double> values) {
        return String.format(Locale.ROOT, "%.2f to %.2f", Collections.min(values), Collections.max(values));
    }
}
