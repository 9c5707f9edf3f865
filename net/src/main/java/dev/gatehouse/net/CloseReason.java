package dev.gatehouse.net;

/** Why a connection ended. Every connection ends with exactly one, the first that applied. */
public enum CloseReason {
    /** Our handler closed it. */
    LOCAL,
    /** The peer closed its sending side, and nothing was left to do. */
    PEER_CLOSED,
    /** The peer reset it, or vanished. */
    PEER_RESET,
    /** A frame beyond the limit. */
    FRAME_TOO_LARGE,
    /** Bytes that the framing refuses. */
    MALFORMED_FRAME,
    /** A frame that the codec can't read as a message. */
    MALFORMED_MESSAGE,
    /** No byte came for longer than the read deadline. */
    IDLE_TIMEOUT,
    /** The first message did not come in time. */
    FIRST_MESSAGE_TIMEOUT,
    /** The peer took none of our bytes for longer than the write deadline. */
    WRITE_STALLED,
    /** More bytes waited for the peer than may, and the policy for that is to close. */
    QUEUE_FULL,
    /** The handler threw. */
    HANDLER_ERROR,
    /** The transport failed: an error of the socket other than a reset. */
    TRANSPORT_ERROR,
    /** The TLS handshake failed, or a record made no sense. */
    TLS_ERROR,
    /** A trusted proxy sent no PROXY header, or one that makes no sense. */
    PROXY_HEADER_ERROR,
    /** The TLS handshake, or the PROXY header, did not come in time. */
    HANDSHAKE_TIMEOUT,
    /** More connections than the server allows. */
    CONNECTION_LIMIT,
    /** More connections from one address than the server allows. */
    ADDRESS_LIMIT,
    /** The server stops. */
    SERVER_STOPPED;

    /** Whether queued bytes may still reach the peer, so that the end is worth an orderly close. */
    boolean orderly() {
        return switch (this) {
            case PEER_RESET,
                    WRITE_STALLED,
                    QUEUE_FULL,
                    TRANSPORT_ERROR,
                    TLS_ERROR,
                    PROXY_HEADER_ERROR,
                    HANDSHAKE_TIMEOUT,
                    CONNECTION_LIMIT,
                    ADDRESS_LIMIT -> false;
            default -> true;
        };
    }
}
