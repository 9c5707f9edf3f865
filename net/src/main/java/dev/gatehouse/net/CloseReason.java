package dev.gatehouse.net;

/** Why a connection ended. Every connection ends with exactly one, the first that applied. */
public enum CloseReason {
    /** Our handler closed it. */
    LOCAL(Ending.ORDERLY, "our handler closed it"),
    /** The peer closed its sending side, and nothing was left to do. */
    PEER_CLOSED(Ending.ORDERLY, "the peer closed it"),
    /** The peer reset it, or vanished. */
    PEER_RESET(Ending.ABRUPT, "the peer reset it, or vanished"),
    /** A frame beyond the limit. */
    FRAME_TOO_LARGE(Ending.ORDERLY, "a frame beyond the limit"),
    /** Bytes that the framing refuses. */
    MALFORMED_FRAME(Ending.ORDERLY, "bytes that are no frame"),
    /** A frame that the codec can't read as a message. */
    MALFORMED_MESSAGE(Ending.ORDERLY, "a frame that is no message"),
    /** No byte came for longer than the read deadline. */
    IDLE_TIMEOUT(Ending.ORDERLY, "no byte came for longer than the read deadline"),
    /** The first message did not come in time. */
    FIRST_MESSAGE_TIMEOUT(Ending.ORDERLY, "the first message did not come in time"),
    /** The peer took none of our bytes for longer than the write deadline. */
    WRITE_STALLED(Ending.ABRUPT, "the peer took nothing for longer than the write deadline"),
    /** More bytes waited for the peer than may, and the policy for that is to close. */
    QUEUE_FULL(Ending.ABRUPT, "more bytes waited for the peer than may"),
    /** The handler threw. */
    HANDLER_ERROR(Ending.ORDERLY, "the handler failed"),
    /** The transport failed: an error of the socket other than a reset. */
    TRANSPORT_ERROR(Ending.ABRUPT, "the socket failed"),
    /** The TLS handshake failed, or a record made no sense. */
    TLS_ERROR(Ending.ABRUPT, "TLS failed"),
    /** A trusted proxy sent no PROXY header, or one that makes no sense. */
    PROXY_HEADER_ERROR(Ending.ABRUPT, "no PROXY header, or one that makes no sense"),
    /** The TLS handshake, or the PROXY header, did not come in time. */
    HANDSHAKE_TIMEOUT(Ending.ABRUPT, "the handshake did not come in time"),
    /** More connections than the server allows. */
    CONNECTION_LIMIT(Ending.ABRUPT, "more connections than the server allows"),
    /** More connections from one address than the server allows. */
    ADDRESS_LIMIT(Ending.ABRUPT, "more connections from one address than the server allows"),
    /** The server, or the client, that it belongs to stops. */
    SERVER_STOPPED(Ending.ORDERLY, "the server stops");

    private enum Ending {
        ORDERLY,
        ABRUPT
    }

    private final Ending ending;
    private final String sentence;

    CloseReason(Ending ending, String sentence) {
        this.ending = ending;
        this.sentence = sentence;
    }

    /** Whether queued bytes may still reach the peer, so that the end is worth an orderly close. */
    boolean orderly() {
        return ending == Ending.ORDERLY;
    }

    /** Whether it is an end that neither side chose, which the error listener hears of. */
    boolean error() {
        return this != LOCAL && this != PEER_CLOSED && this != SERVER_STOPPED;
    }

    /** What happened, in a few words. */
    String sentence() {
        return sentence;
    }
}
