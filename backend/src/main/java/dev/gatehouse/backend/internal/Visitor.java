package dev.gatehouse.backend.internal;

import dev.gatehouse.backend.User;
import java.util.Map;

/**
 * Whom a gateway attaches.
 *
 * @param remoteAddress empty over a contract that doesn't say it
 * @param attributes see {@link User#attributes}
 */
record Visitor(long user, String remoteAddress, Map<String, String> attributes) {

    /** One of whom the contract says nothing but the number. */
    static Visitor unknown(long user) {
        return new Visitor(user, "", Map.of());
    }
}
