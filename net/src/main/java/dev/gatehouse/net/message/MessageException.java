package dev.gatehouse.net.message;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.RefusedException;

/**
 * A payload that isn't a message. Its text says what is wrong and where, without any of the payload: it is logged. A handler that
 * lets it out ends the connection with {@link CloseReason#MALFORMED_MESSAGE}.
 */
public final class MessageException extends RefusedException {
    private static final long serialVersionUID = 1L;

    /** A refusal that is explained by one sentence without payload. */
    public MessageException(String message) {
        super(CloseReason.MALFORMED_MESSAGE, message);
    }
}
