package dev.gatehouse.gateway.internal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which session is a user's: one map, in which every step is atomic. A session that has ended keeps its place until its services
 * have let go of it, so that the user's next one waits for that. Any thread.
 */
final class Users {
    private final ConcurrentHashMap<Long, Claim> claims = new ConcurrentHashMap<>();
    /** How many of the claims belong to sessions that have ended. */
    private final AtomicInteger leaving = new AtomicInteger();

    /**
     * A session's claim on a user.
     *
     * @param gone done when this session and all earlier ones of the user have no attachment any more
     * @param ended whether the session has ended
     */
    record Claim(Session session, CompletableFuture<Void> gone, boolean ended) {
        static Claim of(Session session) {
            return new Claim(session, new CompletableFuture<>(), false);
        }

        private Claim leaving() {
            return new Claim(session, gone, true);
        }
    }

    /** Makes the session the user's; the one that was it before has to end, unless it has already. */
    Optional<Claim> claim(long user, Claim claim) {
        Claim before = claims.put(user, claim);
        if (before != null && before.ended()) {
            leaving.decrementAndGet();
        }
        return Optional.ofNullable(before);
    }

    /** The session has ended, unless a later one has taken its place. */
    void ended(long user, Claim claim) {
        if (claims.replace(user, claim, claim.leaving())) {
            leaving.incrementAndGet();
        }
    }

    /** Forgets a session that has ended, unless a later one has taken its place. */
    void gone(long user, Claim claim) {
        if (claims.remove(user, claim.leaving())) {
            leaving.decrementAndGet();
        }
    }

    Optional<Session> find(long user) {
        return Optional.ofNullable(claims.get(user)).filter(c -> !c.ended()).map(Claim::session);
    }

    /** How many users have a session; a moment old while users come and go. */
    int size() {
        return Math.max(0, claims.size() - leaving.get());
    }
}
