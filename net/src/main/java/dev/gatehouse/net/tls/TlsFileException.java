package dev.gatehouse.net.tls;

/**
 * A file can't serve for TLS: it isn't there, isn't PEM, has expired, or doesn't fit another. The message is one sentence, {@code
 * setting: file, what is wrong (expected: what is allowed)}, with the setting's name in {@link ServerTls.Builder} or {@link
 * ClientTls.Builder}.
 */
public final class TlsFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TlsFileException(String message) {
        super(message);
    }
}
