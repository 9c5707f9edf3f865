package dev.gatehouse.load;

import java.time.Duration;

/**
 * When a client closes its connection and makes another: after a time or after so many messages, whichever is first, once all its
 * answers have come.
 *
 * @param connectionTime how long a connection serves; zero: any time. First connections get a share of it, so that not all end at once
 * @param connectionMessages how many messages a connection serves; 0: any number
 */
public record Churn(Duration connectionTime, long connectionMessages) {
    /** Connections stay. */
    public static final Churn NONE = new Churn(Duration.ZERO, 0);

    public Churn {
        Arguments.notNegative("connectionTime", connectionTime);
        if (connectionMessages < 0) {
            throw new IllegalArgumentException("connectionMessages: " + connectionMessages + " (expected: 0 or more)");
        }
    }

    /** Whether a connection that serves since {@code openNanos} has served its time. */
    boolean over(long openNanos, long now) {
        return !connectionTime.isZero() && now - openNanos >= connectionTime.toNanos();
    }

    /** How many messages a connection may serve. */
    long messagesMax() {
        return connectionMessages == 0 ? Long.MAX_VALUE : connectionMessages;
    }
}
