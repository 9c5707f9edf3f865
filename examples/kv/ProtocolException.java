package kv;

/** Bytes that are no request; the message is what the client is told. Without a stack trace: any stranger can cause it. */
final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int bytes;

    /** The first so many {@code bytes} of a request show the mistake. */
    ProtocolException(int bytes, String message) {
        super("Protocol error: " + message, null, false, false);
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }
}
