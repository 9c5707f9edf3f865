package dev.gatehouse.gateway;

import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginRequest;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/**
 * Decides who a client is.
 *
 * <p>It is asked on the session's event loop and must not block; it answers on any thread, whenever it knows. The session isn't
 * read meanwhile, within its login timeout. A stage that fails refuses the login with {@link LoginFailure#SERVICE_UNAVAILABLE}.
 */
@FunctionalInterface
public interface Authenticator {
    /** Who sends this login request from this address? */
    CompletionStage<Decision> authenticate(LoginRequest request, InetSocketAddress remoteAddress);

    /** What an authenticator says. */
    sealed interface Decision {
        /** Let in, as this user (1..2147483647: the client learns it as an s32). */
        record Accepted(long user) implements Decision {
            public Accepted {
                if (user < 1 || user > Integer.MAX_VALUE) {
                    throw new IllegalArgumentException("user: " + user + " (expected: 1.." + Integer.MAX_VALUE + ")");
                }
            }
        }

        /** Not let in. The message goes to the client. */
        record Refused(LoginFailure code, String message) implements Decision {}
    }

    /** Lets everybody in and gives each distinct {@code open_udid} a number of its own, from 1 on. For development only. */
    static Authenticator development() {
        return new DevelopmentAuthenticator();
    }

    /**
     * Lets in whoever shows a token of a file as {@code client_certificate}. Each line of the file is {@code USER-ID TOKEN};
     * empty lines and lines that start with {@code #} are skipped. The file is read again when it has changed.
     *
     * @throws IllegalArgumentException if the file can't be read, or a line makes no sense
     */
    static Authenticator tokenFile(Path file) {
        return new TokenFileAuthenticator(file);
    }
}
