package dev.gatehouse.app;

import dev.gatehouse.app.operator.Terminals;
import dev.gatehouse.load.Load;
import dev.gatehouse.load.LoadProgress;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how far a run is; elsewhere nothing. */
final class BenchProgress implements AutoCloseable {
    private static final int LOOK_MILLIS = 100;

    private final Load load;
    private @Nullable ProgressBar bar;
    private @Nullable Thread looking;

    /** Moves a bar to where the load is. */
    private interface Look {
        void at(ProgressBar bar, LoadProgress progress);
    }

    BenchProgress(Load load) {
        this.load = load;
    }

    /** Clients connect. */
    void connecting() {
        show("connecting", load.config().clients(), (shown, progress) -> shown.stepTo(progress.settled()));
    }

    /** Messages are sent, for a time or so many. */
    void measuring(String what, Duration time, long messages) {
        long start = System.nanoTime();
        boolean timed = messages == Long.MAX_VALUE;
        show(what, timed ? time.toMillis() : messages, (shown, progress) -> {
            long nanos = System.nanoTime() - start;
            shown.stepTo(Math.min(shown.getMax(), timed ? nanos / 1_000_000 : progress.answers()));
            shown.setExtraMessage(String.format(
                    Locale.ROOT,
                    " %,.0f answers/s, %d connected%s",
                    progress.answers() * 1e9 / Math.max(1, nanos),
                    progress.connected(),
                    progress.faults() == 0 ? "" : ", " + progress.faults() + " WRONG"));
        });
    }

    private void show(String what, long max, Look look) {
        end();
        if (!Terminals.error()) {
            return;
        }
        ProgressBar shown = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(max)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(LOOK_MILLIS)
                .hideEta()
                .clearDisplayOnFinish()
                .setConsumer(consumer())
                .build();
        bar = shown;
        looking = Thread.ofVirtual().start(() -> look(shown, look));
    }

    @SuppressWarnings("SystemOut") // The table goes to the other stream.
    private static ConsoleProgressBarConsumer consumer() {
        return new ConsoleProgressBarConsumer(System.err);
    }

    private void look(ProgressBar shown, Look look) {
        try {
            while (true) {
                look.at(shown, load.progress());
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            // The phase is over.
        }
    }

    private void end() {
        if (looking != null) {
            looking.interrupt();
        }
        if (bar != null) {
            bar.close();
        }
        looking = null;
        bar = null;
    }

    @Override
    public void close() {
        end();
    }
}
