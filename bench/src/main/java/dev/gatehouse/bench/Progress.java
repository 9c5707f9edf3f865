package dev.gatehouse.bench;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Says how far a run is, on a terminal. */
final class Progress implements AutoCloseable {
    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** A bar on stderr if that is a terminal, else nothing. */
    static Progress of(String task, boolean terminal) {
        return new Progress(
                terminal
                        ? new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(-1)
                                .setStyle(ProgressBarStyle.ASCII)
                                .setUpdateIntervalMillis(500)
                                .build()
                        : null);
    }

    /** So many steps there will be. */
    void expect(int steps) {
        if (bar != null) {
            bar.maxHint(steps);
        }
    }

    /** What is being done. */
    void now(String what) {
        if (bar != null) {
            bar.setExtraMessage(" " + what);
        }
    }

    /** One step further. */
    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
