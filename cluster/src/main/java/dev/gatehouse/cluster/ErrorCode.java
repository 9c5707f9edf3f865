package dev.gatehouse.cluster;

import java.util.Arrays;
import java.util.Optional;

/** Why a coordinator ends a connection: the {@code code} of ERROR (PROTOCOLS.md, section 3). */
public enum ErrorCode {
    /** What came is no message, or none that may come now. */
    BAD_MESSAGE,
    /** The proof doesn't fit the secret, the verify key, or what else it is over. */
    BAD_PROOF,
    /** No valid VERIFY came in time. */
    VERIFY_TIMEOUT,
    /** As many connections as the coordinator allows are there. */
    FULL,
    /** A participant of this id is connected, and answers. */
    ID_IN_USE,
    /** The node can't be a member as it presents itself. */
    REFUSED,
    /** Another coordinator leads; ERROR says which. */
    NOT_LEADER,
    /** A new connection of the same participant has taken the place of this one, which didn't answer. */
    REPLACED,
    /** Too many heartbeats went unanswered. */
    SILENT,
    /** More messages a second than the coordinator takes. */
    TOO_FAST,
    /** The coordinator stops. */
    STOPPING;

    /** The code of this name, or empty for one that is not of this version. */
    public static Optional<ErrorCode> of(String name) {
        return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
    }
}
