package dev.gatehouse.backend.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.link.Gonet2Contract;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides by its metadata whether a call is taken, and a stream for which user. */
final class Admission {

    private static final Pattern USER_ID = Pattern.compile("-?[0-9]{1,19}");

    private final Optional<byte[]> token;

    Admission(Optional<String> token) {
        this.token = token.map(text -> Gonet2Contract.bearer(text).getBytes(US_ASCII));
    }

    /**
     * The id of the user that a stream is for.
     *
     * @throws StatusException with the status to refuse the stream with
     */
    long userId(Metadata headers) throws StatusException {
        requireToken(headers);
        String text = headers.get(Gonet2Contract.USER_ID);
        if (text == null || !USER_ID.matcher(text).matches()) {
            throw refusal(Status.INVALID_ARGUMENT, "the metadata userid is missing or not a decimal number");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw refusal(Status.INVALID_ARGUMENT, "the metadata userid is out of range");
        }
    }

    /**
     * Lets a call pass that brings the service token.
     *
     * @throws StatusException with the status to refuse any other with
     */
    void requireToken(Metadata headers) throws StatusException {
        if (!tokenMatches(headers)) {
            throw refusal(Status.UNAUTHENTICATED, "the service token is missing or wrong");
        }
    }

    private boolean tokenMatches(Metadata headers) {
        if (token.isEmpty()) {
            return true;
        }
        String brought = headers.get(Gonet2Contract.TOKEN);
        // Takes the same time wherever the two differ, so that it can't be guessed byte by byte.
        return brought != null && MessageDigest.isEqual(brought.getBytes(US_ASCII), token.get());
    }

    private static StatusException refusal(Status status, String why) {
        return status.withDescription(why).asException();
    }
}
