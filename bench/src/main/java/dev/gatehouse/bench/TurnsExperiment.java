package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What a message costs each of several servers.
 *
 * @param contestants in the order of the table; the first is what the others are compared with
 * @param works what is measured of each
 * @param goals what is to hold
 * @param appendix what is told below
 */
record TurnsExperiment(List<Contestant> contestants, List<Work> works, List<Goal> goals, Appendix appendix)
        implements Experiment {
    @Override
    public List<String> ids() {
        return contestants.stream().map(Contestant::id).toList();
    }

    @Override
    public String run(Options options, Progress progress) throws ProgramException {
        List<Contestant> chosen = contestants.stream()
                .filter(contestant -> contestant.equals(contestants.getFirst()) || options.includes(contestant.id()))
                .toList();
        List<Entrant> entrants = new ArrayList<>();
        progress.expect(Turns.windows(options, chosen.size(), works.size()));
        try (LoadProcess load = LoadProcess.start("turns", Pin.OTHERS)) {
            for (Contestant contestant : chosen) {
                progress.now("starting " + contestant.id());
                entrants.add(Entrant.start(contestant, Pin.SERVER, load, options.clients()));
            }
            Costs costs = Turns.measure(entrants, works, options, progress);
            return text(entrants, costs) + appendix.text(costs, options, progress);
        } finally {
            entrants.forEach(Entrant::close);
        }
    }

    private String text(List<Entrant> entrants, Costs costs) {
        Contestant base = contestants.getFirst();
        List<String> head = new ArrayList<>(List.of("server"));
        works.forEach(work -> head.add(work.label()));
        Table ratios = new Table(head);
        Table micros = new Table(head);
        for (Entrant entrant : entrants) {
            Contestant contestant = entrant.contestant();
            List<String> ratioRow = new ArrayList<>(List.of(contestant.label()));
            List<String> microsRow = new ArrayList<>(ratioRow);
            for (Work work : works) {
                ratioRow.add(costs.ratio(contestant.id(), base.id(), work).text());
                microsRow.add(costs.micros(contestant.id(), work).text());
            }
            ratios.row(ratioRow);
            micros.row(microsRow);
        }
        return Entrant.failures(entrants)
                + "Ratio to " + base.label() + " inside each turn, median and 95 % interval:\n\n" + ratios
                + "\nMicroseconds of the server's processor time a message, median and 95 % interval:\n\n" + micros
                + "\n" + Goal.table(goals, costs);
    }
}
