package dev.gatehouse.client;

/** The session ended before what was asked for came; the message is the end's sentence. */
public final class SessionEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ClientEnd end;

    SessionEndedException(ClientEnd end) {
        super(end.message());
        this.end = end;
    }

    /** How it ended. */
    public ClientEnd end() {
        return end;
    }
}
