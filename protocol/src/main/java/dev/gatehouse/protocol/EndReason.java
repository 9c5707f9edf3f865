package dev.gatehouse.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a session ended: the numbered table of PROTOCOLS.md section 2. The code is what opcode 13 carries; the reasons that
 * are not {@linkplain #sent() sent} have a code too, so that logs and metrics name them the same way.
 */
public enum EndReason {
    /** A packet that breaks the format: size 0, a short frame, a truncated field, an opcode below 0. */
    PROTOCOL_ERROR(1),
    /** A sequence number that isn't the one after the last. */
    SEQUENCE_MISMATCH(2),
    /** A frame above the limit. */
    FRAME_TOO_LARGE(3),
    /** An opcode that neither the gateway nor a route knows. */
    UNKNOWN_OPCODE(4),
    /** An opcode that needs a login came before it. */
    NOT_LOGGED_IN(5),
    /** No login came in time. */
    LOGIN_TIMEOUT(6),
    /** A second login on one session. */
    LOGIN_REPEATED(7),
    /** Nothing was heard from the client for too long. */
    IDLE_TIMEOUT(8),
    /** More packets than the rate limit allows. */
    RATE_LIMIT(9),
    /** A key exchange while encryption is off, or a second one. */
    ENCRYPTION_REFUSED(10),
    /** The user logged in elsewhere. */
    REPLACED(11),
    /** An operator or a service ended the session. */
    KICKED(12),
    /** A service has no node for the session. */
    SERVICE_UNAVAILABLE(13),
    /** A service ended the session's attachment, or sent what makes no sense. */
    SERVICE_CLOSED(14),
    /** A service took nothing from the session for too long. */
    SERVICE_STALLED(15),
    /** The client read too slowly. */
    SLOW_CONSUMER(16),
    /** The gateway stops. */
    STOPPING(17),
    /** The gateway has no room. */
    OVERLOADED(18),
    /** A fault of the gateway. */
    INTERNAL_ERROR(19),
    /** The client closed the connection. */
    CLIENT_CLOSED(20),
    /** The client reset the connection. */
    CLIENT_RESET(21),
    /** The connection failed. */
    TRANSPORT_ERROR(22),
    /** The login failed; opcode 12 said why. */
    LOGIN_REFUSED(23);

    private final int code;

    EndReason(int code) {
        this.code = code;
    }

    /** The number in the table, 1..23. */
    public int code() {
        return code;
    }

    /** Whether the gateway sends this reason to the client, in opcode 13; of the others nobody is there to read it. */
    public boolean sent() {
        return code <= INTERNAL_ERROR.code;
    }

    /** The reason with this code; empty for a code that isn't in the table, as a newer gateway may send one. */
    public static Optional<EndReason> ofCode(int code) {
        return Arrays.stream(values()).filter(reason -> reason.code == code).findFirst();
    }
}
