package dev.gatehouse.cluster;

import dev.gatehouse.ring.membership.MembershipSettings;
import java.time.Duration;

/**
 * The limits and times of a {@link Coordinator}. Immutable; each has a default, PROTOCOLS.md's where it names one.
 *
 * @param connectionsMax verified connections, 1..100,000
 * @param unverifiedMax connections that haven't proved themselves yet, 1..100,000; they don't count for {@code connectionsMax}
 * @param closingMax connections that have been refused or taken off, while their other sides haven't closed them yet, 1..100,000; with more than
 *     {@code connectionsMax + unverifiedMax + closingMax} a newcomer is closed without a word
 * @param verifyTimeout how long a connection may take to prove itself
 * @param pingInterval how often each connection is pinged, 200 ms or more: the coordinator looks at its clock every 50 ms, and has to tell whether it
 *     was late itself
 * @param missesAllowed after so many pings in a row without an answer the peer is taken as dead, 1..100
 * @param silence how long participants let the coordinator say nothing before they take it as lost
 * @param suspectTime how long a node whose connection broke without LEAVE may take to return before it is down
 * @param returnTime how long known nodes may take to return after a start, a new leadership or a pause of the coordinator's own
 * @param pause how long the coordinator's loop may stand still before that is a pause, 200 ms or more
 * @param contestTime how long the older of two connections with one id may take to show that it lives
 * @param ringsPerSecondMax rings published a second, 1..1000
 * @param messagesPerSecondMax messages that a connection may send a second, 1..1,000,000
 * @param membership the rules of memberships, and of the rings
 */
public record CoordinatorConfig(
        int connectionsMax,
        int unverifiedMax,
        int closingMax,
        Duration verifyTimeout,
        Duration pingInterval,
        int missesAllowed,
        Duration silence,
        Duration suspectTime,
        Duration returnTime,
        Duration pause,
        Duration contestTime,
        int ringsPerSecondMax,
        int messagesPerSecondMax,
        MembershipSettings membership) {
    /** The shortest ping interval, and the shortest pause. */
    public static final Duration SHORTEST = Duration.ofMillis(200);

    /** What PROTOCOLS.md says. */
    public static final CoordinatorConfig DEFAULT = new CoordinatorConfig(
            100,
            100,
            1000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            3,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            10,
            200,
            MembershipSettings.DEFAULT);

    public CoordinatorConfig {
        inRange("connectionsMax", connectionsMax, 100_000);
        inRange("unverifiedMax", unverifiedMax, 100_000);
        inRange("closingMax", closingMax, 100_000);
        positive("verifyTimeout", verifyTimeout);
        atLeast("pingInterval", pingInterval, SHORTEST);
        inRange("missesAllowed", missesAllowed, 100);
        positive("silence", silence);
        positive("suspectTime", suspectTime);
        positive("returnTime", returnTime);
        atLeast("pause", pause, SHORTEST);
        positive("contestTime", contestTime);
        inRange("ringsPerSecondMax", ringsPerSecondMax, 1000);
        inRange("messagesPerSecondMax", messagesPerSecondMax, 1_000_000);
        if (silence.compareTo(pingInterval) <= 0) {
            throw new IllegalArgumentException(
                    "silence: " + silence + " (expected: more than pingInterval, " + pingInterval + ")");
        }
    }

    /** These settings, to change some of them. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    private static void inRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1.." + max + ")");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0)");
        }
    }

    private static void atLeast(String name, Duration value, Duration min) {
        if (value.compareTo(min) < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least " + min + ")");
        }
    }

    /** Builds {@link CoordinatorConfig}; each setter is named as its component. */
    public static final class Builder {
        private int connectionsMax;
        private int unverifiedMax;
        private int closingMax;
        private Duration verifyTimeout;
        private Duration pingInterval;
        private int missesAllowed;
        private Duration silence;
        private Duration suspectTime;
        private Duration returnTime;
        private Duration pause;
        private Duration contestTime;
        private int ringsPerSecondMax;
        private int messagesPerSecondMax;
        private MembershipSettings membership;

        private Builder(CoordinatorConfig from) {
            connectionsMax = from.connectionsMax;
            unverifiedMax = from.unverifiedMax;
            closingMax = from.closingMax;
            verifyTimeout = from.verifyTimeout;
            pingInterval = from.pingInterval;
            missesAllowed = from.missesAllowed;
            silence = from.silence;
            suspectTime = from.suspectTime;
            returnTime = from.returnTime;
            pause = from.pause;
            contestTime = from.contestTime;
            ringsPerSecondMax = from.ringsPerSecondMax;
            messagesPerSecondMax = from.messagesPerSecondMax;
            membership = from.membership;
        }

        public Builder connectionsMax(int connectionsMax) {
            this.connectionsMax = connectionsMax;
            return this;
        }

        public Builder unverifiedMax(int unverifiedMax) {
            this.unverifiedMax = unverifiedMax;
            return this;
        }

        public Builder closingMax(int closingMax) {
            this.closingMax = closingMax;
            return this;
        }

        public Builder verifyTimeout(Duration verifyTimeout) {
            this.verifyTimeout = verifyTimeout;
            return this;
        }

        public Builder pingInterval(Duration pingInterval) {
            this.pingInterval = pingInterval;
            return this;
        }

        public Builder missesAllowed(int missesAllowed) {
            this.missesAllowed = missesAllowed;
            return this;
        }

        public Builder silence(Duration silence) {
            this.silence = silence;
            return this;
        }

        public Builder suspectTime(Duration suspectTime) {
            this.suspectTime = suspectTime;
            return this;
        }

        public Builder returnTime(Duration returnTime) {
            this.returnTime = returnTime;
            return this;
        }

        public Builder pause(Duration pause) {
            this.pause = pause;
            return this;
        }

        public Builder contestTime(Duration contestTime) {
            this.contestTime = contestTime;
            return this;
        }

        public Builder ringsPerSecondMax(int ringsPerSecondMax) {
            this.ringsPerSecondMax = ringsPerSecondMax;
            return this;
        }

        public Builder messagesPerSecondMax(int messagesPerSecondMax) {
            this.messagesPerSecondMax = messagesPerSecondMax;
            return this;
        }

        public Builder membership(MembershipSettings membership) {
            this.membership = membership;
            return this;
        }

        public CoordinatorConfig build() {
            return new CoordinatorConfig(
                    connectionsMax,
                    unverifiedMax,
                    closingMax,
                    verifyTimeout,
                    pingInterval,
                    missesAllowed,
                    silence,
                    suspectTime,
                    returnTime,
                    pause,
                    contestTime,
                    ringsPerSecondMax,
                    messagesPerSecondMax,
                    membership);
        }
    }
}
