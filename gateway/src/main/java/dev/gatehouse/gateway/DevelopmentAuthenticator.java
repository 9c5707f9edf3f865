package dev.gatehouse.gateway;

import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginRequest;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Lets everybody in. Its memory of {@code open_udid}s is bounded: beyond it, the login is refused. */
final class DevelopmentAuthenticator implements Authenticator {
    static final int USERS_MAX = 1_000_000;

    private final ConcurrentHashMap<String, Long> users = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    @Override
    public CompletionStage<Decision> authenticate(LoginRequest request, InetSocketAddress remoteAddress) {
        Long known = users.get(request.openUdid());
        if (known == null && users.size() >= USERS_MAX) {
            return CompletableFuture.completedFuture(
                    new Decision.Refused(LoginFailure.OVERLOADED, "too many distinct users for development"));
        }
        long user = users.computeIfAbsent(request.openUdid(), udid -> last.incrementAndGet());
        return CompletableFuture.completedFuture(new Decision.Accepted(user));
    }
}
