package dev.gatehouse.bench;

/** One line on a terminal that says how far the run is. */
final class Progress {
    private static final boolean TERMINAL = System.getenv("BENCH_PROGRESS") != null;

    private Progress() {}

    @SuppressWarnings("SystemOut")
    static void show(String what, int done, int all) {
        if (TERMINAL) {
            System.err.printf("\r%s: turn %d of %d ", what, done + 1, all);
        }
    }

    @SuppressWarnings("SystemOut")
    static void clear() {
        if (TERMINAL) {
            System.err.print("\r\u001b[K");
        }
    }
}
