package dev.gatehouse.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one contestant is to cost at most, as a ratio to the cheapest of others in the same turns.
 *
 * @param contestant who is to
 * @param rivals the others' ids
 * @param rivalsName what they are together
 * @param limit of the ratio's median
 */
record Goal(String contestant, Work work, List<String> rivals, String rivalsName, double limit) {
    private static final String[] HEAD = {"goal", "to", "at most", "measured", "holds"};

    /** A table of goals, or nothing if there are none that can be told. */
    static String table(List<Goal> goals, Costs costs) {
        Table table = new Table(HEAD);
        boolean empty = true;
        for (Goal goal : goals) {
            Optional<String> rival = costs.cheapest(goal.rivals, goal.work);
            if (rival.isPresent() && !costs.micros(goal.contestant, goal.work).isEmpty()) {
                Sample ratio = costs.ratio(goal.contestant, rival.get(), goal.work);
                table.row(
                        goal.contestant + ", " + goal.work.label(),
                        goal.rivals.size() == 1 ? rival.get() : goal.rivalsName + ": " + rival.get(),
                        String.format(Locale.ROOT, "%.2f", goal.limit),
                        ratio.text(),
                        goal.verdict(ratio));
                empty = false;
            }
        }
        return empty ? "" : table.toString();
    }

    /** Whether the median is within the limit, and whether its interval agrees. */
    private String verdict(Sample ratio) {
        boolean holds = ratio.median() <= limit;
        boolean sure = holds ? ratio.high() <= limit : ratio.low() > limit;
        return (holds ? "yes" : "no") + (sure ? "" : ", within the spread");
    }
}
