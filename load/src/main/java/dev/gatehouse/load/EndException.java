package dev.gatehouse.load;

import java.io.IOException;

/** Why a connection can't go on; the message is the reason that is counted. */
final class EndException extends IOException {
    private static final long serialVersionUID = 1L;

    EndException(String reason) {
        super(reason);
    }

    EndException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
