package dev.gatehouse.gateway;

import java.time.Duration;

/** Sees each logged-in session once a minute, on the session's event loop; must not block. */
@FunctionalInterface
public interface Inspector {
    /** How often. */
    Duration INTERVAL = Duration.ofMinutes(1);

    /** Lets everybody be. */
    Inspector NONE = session -> Verdict.GO_ON;

    /** Looks at a session. */
    Verdict inspect(SessionView session);

    /** What becomes of the session. */
    enum Verdict {
        /** Nothing. */
        GO_ON,
        /** It ends with KICKED. */
        END
    }
}
