package dev.gatehouse.protocol;

import java.util.Arrays;
import java.util.Optional;

/** Why a login failed: the codes of opcode 12, PROTOCOLS.md section 2. */
public enum LoginFailure {
    /** The user isn't who they say, or may not log in. */
    REFUSED(1),
    /** A service that the session needs has no node, or refuses the gateway. */
    SERVICE_UNAVAILABLE(2),
    /** The gateway has no room. */
    OVERLOADED(3);

    private final int code;

    LoginFailure(int code) {
        this.code = code;
    }

    /** The number on the wire, 1..3. */
    public int code() {
        return code;
    }

    /** The failure with this code; empty for a code that isn't in the table. */
    public static Optional<LoginFailure> ofCode(int code) {
        return Arrays.stream(values()).filter(failure -> failure.code == code).findFirst();
    }
}
