package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the rules remember of one connection, from accept to end. On the loop. */
final class Visit {
    /** How far a connection has come. */
    enum Stage {
        /** Nothing is proved. */
        UNVERIFIED,
        /** It has proved itself, and waits whether an older connection of its id lives. */
        CONTENDING,
        VERIFIED,
        /** We have closed it, or it has ended. */
        CLOSED
    }

    final Peer peer;
    final String key;
    final long openedNanos;
    final Heartbeat heartbeat;

    Stage stage = Stage.UNVERIFIED;

    /** From CONTENDING on. */
    private @Nullable Participant participant;

    /** Shown to it with VERIFIED. */
    String nonce = "";

    int slot = -1;

    /** It has said LEAVE. */
    boolean leaving;

    /** After a start or a pause of ours: until when it isn't lost, as long as it is unconfirmed. */
    long graceUntilNanos;

    /** A younger connection that shows the same id, while we ask whether this one lives. */
    private @Nullable Contest contest;

    private long secondNanos;
    private int messagesInSecond;

    Visit(Peer peer, String key, long openedNanos, Heartbeat heartbeat) {
        this.peer = peer;
        this.key = key;
        this.openedNanos = openedNanos;
        this.heartbeat = heartbeat;
        secondNanos = openedNanos;
    }

    /** A younger connection of the same id. */
    record Contest(Visit challenger, int ping, long askedNanos) {}

    Participant participant() {
        if (participant == null) {
            throw new IllegalStateException(peer.id() + ": nothing is proved");
        }
        return participant;
    }

    void proved(Participant participant, String nonce) {
        this.participant = participant;
        this.nonce = nonce;
    }

    boolean verifiedAs(Role role) {
        return stage == Stage.VERIFIED && participant().role() == role;
    }

    Optional<Contest> contest() {
        return Optional.ofNullable(contest);
    }

    /** Asks whether this connection lives, because of {@code challenger}. */
    void contest(Visit challenger, long nowNanos) {
        contest = new Contest(challenger, heartbeat.ping(), nowNanos);
    }

    void endContest() {
        contest = null;
    }

    /** Counts a message; returns how many came in this second. */
    int count(long nowNanos, long secondLength) {
        if (nowNanos - secondNanos >= secondLength) {
            secondNanos = nowNanos;
            messagesInSecond = 0;
        }
        return ++messagesInSecond;
    }

    /** As log lines begin. */
    @Override
    public String toString() {
        return peer.id() + (participant == null ? "" : ": " + participant);
    }
}
