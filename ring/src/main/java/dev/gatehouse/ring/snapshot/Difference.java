package dev.gatehouse.ring.snapshot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What changes owner between two layouts: both are gone through at once, upwards, from one point of either to the next. */
final class Difference {
    /**
     * Neighbouring arcs that go the same way.
     *
     * @param from the owner before, if there is one
     * @param to the owner after
     * @param start where it starts, exclusive; unsigned
     * @param end where it ends, inclusive; unsigned
     */
    record Run(Optional<String> from, String to, long start, long end) {
        private boolean continuedBy(Run next) {
            return end == next.start && to.equals(next.to) && from.equals(next.from);
        }

        private Run with(Run next) {
            return new Run(from, to, start, next.end);
        }
    }

    private final Layout before;
    private final Layout after;
    private final List<Run> runs = new ArrayList<>();

    Difference(Layout before, Layout after) {
        this.before = before;
        this.after = after;
    }

    /** The runs, by their starts; none for what nobody owns after. To be called once. */
    List<Run> runs() {
        long start = Long.compareUnsigned(last(before.points()), last(after.points())) > 0
                ? last(before.points())
                : last(after.points());
        int old = 0;
        int young = 0;
        while (old < before.points().count() || young < after.points().count()) {
            long end = min(before.points(), old, after.points(), young);
            add(owner(before, old), owner(after, young), start, end);
            old += isAt(before.points(), old, end) ? 1 : 0;
            young += isAt(after.points(), young, end) ? 1 : 0;
            start = end;
        }
        closeCircle();
        runs.sort(Comparator.comparing(Run::start, Long::compareUnsigned));
        return runs;
    }

    private static long last(Points points) {
        return points.count() == 0 ? 0 : points.positions()[points.count() - 1];
    }

    private static boolean isAt(Points points, int point, long position) {
        return point < points.count() && points.positions()[point] == position;
    }

    private static long min(Points a, int inA, Points b, int inB) {
        if (inA == a.count()) {
            return b.positions()[inB];
        }
        if (inB == b.count()) {
            return a.positions()[inA];
        }
        long first = a.positions()[inA];
        long second = b.positions()[inB];
        return Long.compareUnsigned(first, second) < 0 ? first : second;
    }

    /** Who owns what comes before a point, or over the top before the first. */
    private static Optional<String> owner(Layout layout, int point) {
        int count = layout.points().count();
        return count == 0 ? Optional.empty() : layout.ownerId(point == count ? 0 : point);
    }

    private void add(Optional<String> from, Optional<String> to, long start, long end) {
        if (to.isEmpty() || to.equals(from)) {
            return;
        }
        Run run = new Run(from, to.get(), start, end);
        if (!runs.isEmpty() && runs.getLast().continuedBy(run)) {
            runs.add(runs.removeLast().with(run));
        } else {
            runs.add(run);
        }
    }

    /** Joins the last run and the first, if it goes on over the top. */
    private void closeCircle() {
        if (runs.size() > 1 && runs.getLast().continuedBy(runs.getFirst())) {
            runs.add(runs.removeLast().with(runs.removeFirst()));
        }
    }
}
