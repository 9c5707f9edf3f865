package dev.gatehouse.cluster.internal.coordinator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Something that does one thing after the other, unless it is stopped for a while: then it does all that came meanwhile at once. */
abstract class SimulatedProcess {
    final Simulation simulation;

    private final Deque<Runnable> backlog = new ArrayDeque<>();
    private boolean paused;
    private int life;

    SimulatedProcess(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Does this now, or when the pause is over; nothing if the process dies before. */
    final void execute(Runnable action) {
        if (paused) {
            backlog.add(action);
        } else {
            action.run();
        }
    }

    /** Does this later, in the same life. */
    final void later(Duration delay, Runnable action) {
        int planned = life;
        simulation.after(
                delay,
                () -> execute(() -> {
                    if (planned == life) {
                        action.run();
                    }
                }));
    }

    /** As by SIGSTOP, and SIGCONT after a while. */
    final void pause(Duration time) {
        if (!paused) {
            paused = true;
            int planned = life;
            simulation.after(time, () -> {
                if (planned == life) {
                    goOn();
                }
            });
        }
    }

    /** Forgets all that it had planned. */
    final void beginAnew() {
        life++;
        paused = false;
        backlog.clear();
    }

    private void goOn() {
        paused = false;
        while (!paused && !backlog.isEmpty()) {
            backlog.poll().run();
        }
    }
}
