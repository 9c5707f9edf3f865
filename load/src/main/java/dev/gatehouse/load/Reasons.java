package dev.gatehouse.load;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Why connections failed or ended, in the few words by which they are counted. */
final class Reasons {
    static final String CLOSED = "closed by the server";
    static final String CONNECT_TIMEOUT = "not ready in time";

    /** By a part of what the system says, what it means. */
    private static final Map<String, String> MEANINGS = Map.of(
            "connection refused", "connection refused",
            "connection reset", "reset by the server",
            "broken pipe", "reset by the server",
            "connection timed out", "no answer to the connect",
            "too many open files", "no file descriptors left here",
            "cannot assign requested address", "no port left here, or no such source address",
            "address already in use", "no port left here",
            "network is unreachable", "network unreachable",
            "no route to host", "no route to the server");

    private Reasons() {}

    static String of(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof EndException) {
            return message;
        }
        String text = message.toLowerCase(Locale.ROOT);
        return MEANINGS.entrySet().stream()
                .filter(meaning -> text.contains(meaning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(message);
    }
}
