package dev.gatehouse.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a {@link ServerProcess} serves, once it has started. */
interface Served {
    /** One line that says where it listens. */
    String readyLine();

    /** Lines for whoever sits at a terminal and tries it for the first time. */
    default List<String> hints() {
        return List.of();
    }

    /** What HUP does; without it HUP stops the process. */
    default Optional<Runnable> reload() {
        return Optional.empty();
    }

    /**
     * Stops within the grace period.
     *
     * @return whether everything ended by itself
     */
    boolean stop(Duration grace);
}
