package dev.gatehouse.net.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Says in words why TLS failed: one clause for a log line or an exception's message, whichever {@link TlsProvider} is in use.
 * Nothing of what the peer sent stands in it, but for the names in its certificate. Any thread.
 *
 * <p>In TLS 1.3 a client's handshake is done before the server has judged the client's certificate: its refusal comes as the
 * first thing after the handshake.
 */
public final class HandshakeFailure {
    private static final int MESSAGE_CHARACTERS_MAX = 200;
    private static final int CAUSES_MAX = 16;

    /** An alert that the peer sent, as the JDK and BoringSSL write it. */
    private static final Pattern ALERT = Pattern.compile("ALERT:?[ _]([A-Z_]+)");

    /** By the name of an alert (RFC 8446, 6.2), what it says; %s is the peer. */
    private static final Map<String, String> ALERTS = Map.of(
            "CERTIFICATE_EXPIRED", "the %s refused our certificate: it has expired",
            "UNKNOWN_CA", "the %s refused our certificate: it doesn't trust who signed it",
            "CERTIFICATE_UNKNOWN", "the %s refused our certificate",
            "BAD_CERTIFICATE", "the %s refused our certificate",
            "UNSUPPORTED_CERTIFICATE", "the %s refused our certificate: it can't read its kind",
            "CERTIFICATE_REVOKED", "the %s refused our certificate: it was revoked",
            "ACCESS_DENIED", "the %s refused our certificate: no access for us",
            "CERTIFICATE_REQUIRED", "the %s requires a certificate of us, of somebody whom it trusts",
            "PROTOCOL_VERSION", "no TLS version in common with the %s",
            "HANDSHAKE_FAILURE", "the %s found no cipher in common with us, or requires a certificate of us");

    /** By a part of the local error's text, as the JDK and BoringSSL write it, what it says. */
    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("EMPTY CLIENT CERTIFICATE CHAIN", "the %s showed no certificate"),
            Map.entry("PEER_DID_NOT_RETURN_A_CERTIFICATE", "the %s showed no certificate"),
            Map.entry("IS NOT ENABLED OR SUPPORTED", "no TLS version in common with the %s"),
            Map.entry("IS NOT ACCEPTED BY CLIENT PREFERENCES", "no TLS version in common with the %s"),
            Map.entry("UNSUPPORTED_PROTOCOL", "no TLS version in common with the %s"),
            Map.entry("WRONG_VERSION_NUMBER", "no TLS version in common with the %s"),
            Map.entry("NO CIPHER SUITES IN COMMON", "no cipher in common with the %s"),
            Map.entry("NO_SHARED_CIPHER", "no cipher in common with the %s"),
            Map.entry("NO_SHARED_GROUP", "no cipher in common with the %s"),
            Map.entry("WRONG_CURVE", "no cipher in common with the %s"));

    private HandshakeFailure() {}

    /** Why a server's connection failed to speak TLS with its client. */
    public static String seenByServer(Throwable cause) {
        return sentence(cause, "client");
    }

    /** Why a client's connection failed to speak TLS with its server. */
    public static String seenByClient(Throwable cause) {
        return sentence(cause, "server");
    }

    private static String sentence(Throwable cause, String peer) {
        return causes(cause)
                .map(each -> byType(each, peer))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> causes(cause)
                        .map(HandshakeFailure::byText)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .map(text -> String.format(Locale.ROOT, text, peer)))
                .orElseGet(() -> otherwise(cause, peer));
    }

    /** The innermost first: it says most. */
    private static Stream<Throwable> causes(Throwable outermost) {
        return Stream.iterate(outermost, each -> each != null, Throwable::getCause)
                .limit(CAUSES_MAX)
                .toList()
                .reversed()
                .stream();
    }

    private static Optional<String> byType(Throwable cause, String peer) {
        String message = message(cause);
        return Optional.ofNullable(
                switch (cause) {
                    case NotSslRecordException e -> "the " + peer + " doesn't speak TLS";
                    case SslHandshakeTimeoutException e -> "the handshake was not done in time";
                    case CertificateExpiredException e ->
                        "the " + peer + "'s certificate has expired (" + message + ")";
                    case CertificateNotYetValidException e ->
                        "the " + peer + "'s certificate is not valid yet (" + message + ")";
                    case CertPathBuilderException e ->
                        "the " + peer + "'s certificate is not signed by anybody whom we trust";
                    case CertificateException e ->
                        "the " + peer + "'s certificate is " + (isAboutHost(message) ? "for another host" : "no good")
                                + " (" + message + ")";
                    case ClosedChannelException e -> "the " + peer + " left before the handshake was done";
                    default -> null;
                });
    }

    private static boolean isAboutHost(String message) {
        return message.startsWith("No subject alternative") || message.startsWith("No name matching");
    }

    private static Optional<String> byText(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toUpperCase(Locale.ROOT);
        Matcher alert = ALERT.matcher(text);
        if (alert.find()) {
            String name = alert.group(1);
            return Optional.of(
                    ALERTS.getOrDefault(name, "the %s gave up (alert " + name.toLowerCase(Locale.ROOT) + ")"));
        }
        return ERRORS.entrySet().stream()
                .filter(error -> text.contains(error.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String otherwise(Throwable cause, String peer) {
        Throwable said = causes(cause)
                .filter(each -> each instanceof SSLException)
                .findFirst()
                .orElse(cause);
        boolean transport = !(said instanceof SSLException) && said instanceof IOException;
        return (transport ? "the connection to the " + peer + " broke" : "TLS failed") + " (" + message(said) + ")";
    }

    /** The exception's message as part of one line, not too long. */
    private static String message(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > MESSAGE_CHARACTERS_MAX ? line.substring(0, MESSAGE_CHARACTERS_MAX) + "..." : line;
    }
}
