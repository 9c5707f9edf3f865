package dev.gatehouse.gateway.internal;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which session is a user's: one map, in which every step is atomic. Any thread. */
final class Users {
    private final ConcurrentHashMap<Long, Session> sessions = new ConcurrentHashMap<>();

    /** Makes the session the user's; the one that was it before has to end. */
    Optional<Session> claim(long user, Session session) {
        return Optional.ofNullable(sessions.put(user, session));
    }

    /** Forgets the session, unless a later one has taken its place. */
    void release(long user, Session session) {
        sessions.remove(user, session);
    }

    Optional<Session> find(long user) {
        return Optional.ofNullable(sessions.get(user));
    }

    int size() {
        return sessions.size();
    }
}
