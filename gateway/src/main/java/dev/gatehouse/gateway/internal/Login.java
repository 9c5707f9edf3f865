package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.Authenticator.Decision;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.link.Introduction;
import dev.gatehouse.protocol.BadPacketException;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginAck;
import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's login, on its event loop: ask the authenticator, claim the user, wait until all earlier sessions of that user are
 * gone from their services, attach, acknowledge. The client isn't read meanwhile.
 */
final class Login {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    private static final Introduction NOBODY_YET = Introduction.of(0, "", Map.of());

    private static final CompletableFuture<Void> NOBODY = CompletableFuture.completedFuture(null);

    private final Session session;
    private final GatewayLoop loop;
    private final GatewayConfig config;
    private long user;
    private Introduction introduction = NOBODY_YET;
    private long askedNanos;
    private long attachingNanos;
    private Users.@Nullable Claim claim;
    private CompletableFuture<Void> earlierGone = NOBODY;

    Login(Session session, GatewayLoop loop) {
        this.session = session;
        this.loop = loop;
        config = loop.parts().config();
    }

    /** The user's number; 0 before the login. */
    long user() {
        return user;
    }

    /** What nodes are told of the session; empty before the login, and where no service's contract tells. */
    Introduction introduction() {
        return introduction;
    }

    void request(ByteBuf payload) {
        if (session.phase() != Phase.GREETING) {
            throw new BadPacketException(EndReason.LOGIN_REPEATED, "a second login");
        }
        LoginRequest request = LoginRequest.read(payload);
        askedNanos = session.connection().nanos();
        session.phase(Phase.AUTHENTICATING);
        ask(request).whenComplete((decision, failure) -> onLoop(() -> decided(request, decision, failure)));
    }

    private CompletionStage<Decision> ask(LoginRequest request) {
        try {
            return Objects.requireNonNull(
                    loop.parts()
                            .authenticator()
                            .authenticate(request, session.connection().remoteAddress()),
                    "no stage");
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void decided(LoginRequest request, @Nullable Decision decision, @Nullable Throwable failure) {
        if (session.phase() != Phase.AUTHENTICATING) {
            return;
        }
        switch (decision) {
            case Decision.Accepted(long accepted) -> claim(request, accepted);
            case Decision.Refused(LoginFailure code, String message) -> fail(code, message);
            case null -> {
                // Without a stack trace: how often this happens is up to whoever connects.
                LOG.warn("{} the authenticator failed: {}", session, cause(failure));
                LOG.debug("{} the authenticator failed", session, failure);
                fail(LoginFailure.SERVICE_UNAVAILABLE, "the login can't be checked now");
            }
        }
    }

    /** A stage that depends on another one hands the failure on in a wrapping. */
    private static String cause(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? "no decision" : cause.toString();
    }

    private void claim(LoginRequest request, long accepted) {
        user = accepted;
        if (loop.router().introduces()) {
            String address = NetUtil.toSocketAddressString(session.connection().remoteAddress());
            introduction = Introduction.of(user, address, LoginAttributes.of(request));
        }
        Users.Claim mine = Users.Claim.of(session);
        claim = mine;
        Optional<Users.Claim> earlier = loop.users().claim(user, mine);
        earlier.ifPresent(this::replace);
        if (earlierGone.isDone()) {
            attach();
            return;
        }
        earlierGone
                .copy()
                .completeOnTimeout(null, config.detachTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> onLoop(this::attach));
    }

    private void replace(Users.Claim earlier) {
        earlierGone = earlier.gone();
        if (!earlier.ended()) {
            Session old = earlier.session();
            old.connection().eventLoop().execute(() -> old.end(EndReason.REPLACED, "the user logged in elsewhere"));
        }
    }

    private void attach() {
        if (session.phase() == Phase.AUTHENTICATING) {
            attachingNanos = session.connection().nanos();
            session.phase(Phase.ATTACHING);
            session.places().attachAtLogin();
            attached();
        }
    }

    /** A service was attached. */
    void attached() {
        if (session.phase() == Phase.ATTACHING && session.places().ready()) {
            session.out().send(Gonet2.USER_LOGIN_SUCCEED_ACK, new LoginAck(Math.toIntExact(user))::write);
            session.live();
        }
    }

    /** Whether an end for this reason is, at this moment, the login's failure. */
    boolean failing(EndReason reason) {
        return session.phase() == Phase.ATTACHING
                && (reason == EndReason.SERVICE_UNAVAILABLE || reason == EndReason.SERVICE_CLOSED);
    }

    void failed(String detail) {
        fail(LoginFailure.SERVICE_UNAVAILABLE, detail);
    }

    private void fail(LoginFailure failure, String message) {
        session.out().sendLoginFault(failure, message);
        session.endLogin(EndReasons.of(failure), message);
    }

    void tick(long now, long startNanos) {
        switch (session.phase()) {
            case GREETING -> {
                if (now - startNanos >= config.loginTimeout().toNanos()) {
                    session.end(EndReason.LOGIN_TIMEOUT, "no login within " + config.loginTimeout());
                }
            }
            case AUTHENTICATING -> {
                if (now - askedNanos >= config.loginTimeout().toNanos()) {
                    fail(LoginFailure.SERVICE_UNAVAILABLE, "the login wasn't decided within " + config.loginTimeout());
                }
            }
            case ATTACHING -> {
                if (now - attachingNanos >= config.attachTimeout().toNanos()) {
                    fail(LoginFailure.SERVICE_UNAVAILABLE, "no service within " + config.attachTimeout());
                }
            }
            case LIVE, STOPPING, ENDED -> {}
        }
    }

    /** The session has ended. */
    void end() {
        Users.Claim mine = claim;
        if (mine != null) {
            loop.users().ended(user, mine);
            if (!session.places().attached()) {
                gone();
            }
        }
    }

    /** No attachment is left. */
    void gone() {
        Users.Claim mine = claim;
        if (mine == null || !session.ended()) {
            return;
        }
        if (earlierGone.isDone()) {
            gone(mine);
        } else {
            // Later, not inside the completion of the earlier one: a long row of sessions that replaced each other
            // would
            // be as many nested calls.
            earlierGone.whenCompleteAsync((done, failure) -> gone(mine), loop.eventLoop());
        }
    }

    private void gone(Users.Claim mine) {
        mine.gone().complete(null);
        loop.users().gone(user, mine);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            session.failed(e);
        }
    }

    private void onLoop(Runnable step) {
        if (loop.eventLoop().inEventLoop()) {
            step.run();
        } else {
            loop.eventLoop().execute(() -> guarded(step));
        }
    }
}
