package dev.gatehouse.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Memory of a connection that does nothing: how much a server's resident memory has grown, after a collection, once all clients are
 * connected and each has got one answer. Each turn has a new process for each server.
 */
final class IdleExperiment implements Experiment {
    /** A small young generation, and a heap that gives back what a collection frees: what grows is what lives. */
    private static final List<String> FLAGS =
            List.of("-Xmx2g", "-Xmn16m", "-XX:MinHeapFreeRatio=1", "-XX:MaxHeapFreeRatio=2", "-XX:-ShrinkHeapInSteps");

    private static final int WARM_UP_CLIENTS = 500;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Work ONE_MESSAGE = new Work(64, 1);
    private static final Set<String> BROKEN_DOWN = Set.of("net", "net-virtual", "gonet2", "trunk");
    private static final int CLASSES_LISTED = 24;
    private static final double KIB = 1024;

    private final Map<String, List<Double>> kibs = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<String, String> breakdowns = new HashMap<>();

    @Override
    public List<String> ids() {
        return Contestants.idlers().stream().map(Contestant::id).toList();
    }

    @Override
    public String run(Options options, Progress progress) {
        List<Contestant> chosen = Contestants.idlers().stream()
                .filter(contestant -> options.includes(contestant.id()))
                .toList();
        progress.expect(options.turns() * chosen.size());
        for (int turn = 0; turn < options.turns(); turn++) {
            for (Contestant contestant : chosen) {
                progress.now(contestant.id());
                if (!failures.containsKey(contestant.id())) {
                    measure(contestant, options.clients());
                }
                progress.step();
            }
        }
        return text(chosen);
    }

    private void measure(Contestant contestant, int connections) {
        try (LoadProcess load = LoadProcess.start("idle", Pin.OTHERS);
                Server server = Server.start(contestant, Pin.SERVER, FLAGS)) {
            LoadProcess.Clients first = load.connect(contestant.wire(), server.port(), WARM_UP_CLIENTS);
            first.run(ONE_MESSAGE, WARM_UP);
            first.close();
            Memory before = Memory.of(server.process());
            load.connect(contestant.wire(), server.port(), connections).once(ONE_MESSAGE.payloadBytes());
            Memory after = Memory.of(server.process());
            long grown = after.residentBytes() - before.residentBytes();
            kibs.computeIfAbsent(contestant.id(), id -> new ArrayList<>()).add(grown / KIB / connections);
            breakdowns.put(
                    contestant.id(), after.heap().since(before.heap()).table(connections, CLASSES_LISTED, grown));
        } catch (ProgramException e) {
            failures.put(contestant.id(), e.getMessage());
        }
    }

    private Sample sample(String id) {
        return Sample.of(kibs.getOrDefault(id, List.of()));
    }

    private String text(List<Contestant> chosen) {
        Table table = new Table("server", "KiB a connection, median (and range)");
        StringBuilder parts = new StringBuilder();
        for (Contestant contestant : chosen) {
            String failure = failures.get(contestant.id());
            table.row(
                    contestant.label(),
                    failure == null ? sample(contestant.id()).text() : failure);
            String breakdown = breakdowns.get(contestant.id());
            if (BROKEN_DOWN.contains(contestant.id()) && breakdown != null) {
                parts.append("\nWhat a connection of ")
                        .append(contestant.label())
                        .append(" holds:\n\n")
                        .append(breakdown);
            }
        }
        return table + "\n" + goals() + parts;
    }

    private String goals() {
        Table table = new Table("goal", "at most", "measured", "holds");
        goal(table, "net, KiB", sample("net").median(), 3.0);
        goal(table, "gateway session (trunk), KiB", sample("trunk").median(), 5.0);
        goal(
                table,
                "net-virtual, to jdk",
                sample("net-virtual").median() / sample("jdk").median(),
                1 / 3.0);
        return table.toString();
    }

    private static void goal(Table table, String text, double measured, double limit) {
        if (!Double.isNaN(measured)) {
            table.row(
                    text,
                    String.format(Locale.ROOT, "%.2f", limit),
                    String.format(Locale.ROOT, "%.2f", measured),
                    measured <= limit ? "yes" : "no");
        }
    }
}
