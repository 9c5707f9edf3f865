package dev.gatehouse.app.logging;

import ch.qos.logback.classic.Level;

/** From which level on an event is logged. */
public enum LogLevel {
    /** Everything. */
    TRACE,
    /** What helps to find a fault. */
    DEBUG,
    /** What happens: one line a session, and each change of state. */
    INFO,
    /** What somebody should look at. */
    WARN,
    /** What failed. */
    ERROR;

    Level level() {
        return Level.toLevel(name());
    }
}
