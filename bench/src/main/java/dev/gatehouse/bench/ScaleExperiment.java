package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether a message costs the same however many clients are connected, each with one message in flight, and on two processors as on
 * one. Each number of clients has a server, and a load, of its own; all of them take turns.
 */
final class ScaleExperiment implements Experiment {
    private static final int[] CLIENTS = {50, 1_000, 5_000, 15_000};
    private static final int[] PAIRED_CLIENTS = {50, 1_000};
    private static final Work WORK = new Work(64, 1);

    private final List<LoadProcess> loads = new ArrayList<>();
    private final List<Entrant> entrants = new ArrayList<>();

    @Override
    public List<String> ids() {
        return Contestants.scaled().stream().map(Contestant::id).toList();
    }

    @Override
    public String run(Options options, Progress progress) throws ProgramException {
        List<Contestant> chosen = Contestants.scaled().stream()
                .filter(contestant -> options.includes(contestant.id()))
                .toList();
        List<Integer> sizes = upTo(CLIENTS, options.clients());
        Map<String, Contestant> pairs = Contestants.paired();
        try {
            for (Contestant contestant : chosen) {
                for (int clients : sizes) {
                    start(contestant, Pin.SERVER, Pin.OTHERS, clients, progress);
                }
                Contestant pair = pairs.get(contestant.id());
                if (pair != null) {
                    for (int clients : upTo(PAIRED_CLIENTS, options.clients())) {
                        start(pair, Pin.BOTH, Pin.BOTH, clients, progress);
                    }
                }
            }
            progress.expect(Turns.windows(options, entrants.size(), 1));
            Costs costs = Turns.measure(entrants, List.of(WORK), options, progress);
            return Entrant.failures(entrants) + growth(chosen, sizes, costs) + "\n"
                    + processors(chosen, pairs, upTo(PAIRED_CLIENTS, options.clients()), costs);
        } finally {
            entrants.forEach(Entrant::close);
            loads.forEach(LoadProcess::close);
        }
    }

    private void start(Contestant contestant, Pin pin, Pin others, int clients, Progress progress)
            throws ProgramException {
        Contestant sized = sized(contestant, clients);
        progress.now("starting " + sized.id());
        LoadProcess load = LoadProcess.start(sized.id(), others);
        loads.add(load);
        entrants.add(Entrant.start(sized, pin, load, clients));
    }

    private static Contestant sized(Contestant of, int clients) {
        return new Contestant(
                id(of.id(), clients), of.label() + ", " + clients + " clients", of.program(), of.wire(), of.service());
    }

    private static String id(String contestant, int clients) {
        return contestant + "@" + clients;
    }

    private static List<Integer> upTo(int[] sizes, int clientsMax) {
        return IntStream.of(sizes).filter(n -> n <= clientsMax).boxed().toList();
    }

    private static String growth(List<Contestant> chosen, List<Integer> sizes, Costs costs) {
        List<String> head = new ArrayList<>(List.of("server"));
        sizes.forEach(n -> head.add(n + " clients"));
        Table micros = new Table(head);
        Table ratios = new Table(head);
        for (Contestant contestant : chosen) {
            String first = id(contestant.id(), sizes.getFirst());
            List<String> microsRow = new ArrayList<>(List.of(contestant.label()));
            List<String> ratioRow = new ArrayList<>(microsRow);
            for (int clients : sizes) {
                microsRow.add(costs.micros(id(contestant.id(), clients), WORK).text());
                ratioRow.add(
                        costs.ratio(id(contestant.id(), clients), first, WORK).text());
            }
            micros.row(microsRow);
            ratios.row(ratioRow);
        }
        return "Ratio to the same server with " + sizes.getFirst()
                + " clients, inside each turn, median and 95 % interval:\n\n" + ratios
                + "\nMicroseconds of the server's processor time a message, " + WORK.label() + ":\n\n" + micros;
    }

    private static String processors(
            List<Contestant> chosen, Map<String, Contestant> pairs, List<Integer> sizes, Costs costs) {
        List<String> head = new ArrayList<>(List.of("server"));
        sizes.forEach(n -> head.add(n + " clients"));
        Table table = new Table(head);
        for (Contestant contestant : chosen) {
            Contestant pair = pairs.get(contestant.id());
            if (pair != null) {
                List<String> row = new ArrayList<>(List.of(contestant.label()));
                for (int clients : sizes) {
                    row.add(costs.ratio(id(pair.id(), clients), id(contestant.id(), clients), WORK)
                            .text());
                }
                table.row(row);
            }
        }
        return "Two event loops on two processors, which the load shares, to one event loop on one processor, inside each turn:\n\n"
                + table;
    }
}
