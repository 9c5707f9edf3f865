package dev.gatehouse.client;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.ErrorAck;
import dev.gatehouse.protocol.LoginFault;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a client's session ended.
 *
 * @param closeReason why the connection ended, as this side saw it
 * @param code the code of opcode 13, or of LOGIN_REFUSED after opcode 12; empty if the gateway gave no cause
 * @param message one sentence for people
 */
public record ClientEnd(CloseReason closeReason, OptionalInt code, String message) {
    /** The cause that the gateway gave; empty if it gave none, or one that only a newer gateway knows. */
    public Optional<EndReason> reason() {
        return code.isPresent() ? EndReason.ofCode(code.getAsInt()) : Optional.empty();
    }

    static ClientEnd of(CloseReason closeReason, ErrorAck error) {
        String name = EndReason.ofCode(error.code()).map(Enum::name).orElse("code " + error.code());
        String text = error.msg().isEmpty() ? "" : ", " + error.msg();
        return new ClientEnd(
                closeReason, OptionalInt.of(error.code()), "the gateway ended the session: " + name + text);
    }

    static ClientEnd of(CloseReason closeReason, LoginFault fault) {
        return new ClientEnd(
                closeReason, OptionalInt.of(EndReason.LOGIN_REFUSED.code()), LoginFailedException.sentence(fault));
    }

    static ClientEnd of(CloseReason closeReason, String message) {
        return new ClientEnd(closeReason, OptionalInt.empty(), message);
    }

    /** An end for which the gateway gave no cause. */
    static ClientEnd of(CloseReason closeReason) {
        return of(closeReason, sentence(closeReason));
    }

    private static String sentence(CloseReason reason) {
        return switch (reason) {
            case LOCAL, SERVER_STOPPED, CONNECTION_LIMIT, ADDRESS_LIMIT -> "the client closed the connection";
            case PEER_CLOSED -> "the gateway closed the connection without giving a cause";
            case PEER_RESET -> "the gateway reset the connection, or vanished";
            case IDLE_TIMEOUT, FIRST_MESSAGE_TIMEOUT -> "the gateway was silent for too long";
            case WRITE_STALLED, QUEUE_FULL -> "the gateway took nothing for too long";
            case FRAME_TOO_LARGE, MALFORMED_FRAME, MALFORMED_MESSAGE, PROXY_HEADER_ERROR ->
                "the gateway sent what makes no sense";
            case HANDLER_ERROR -> "the client's packet listener failed";
            case TRANSPORT_ERROR -> "the connection failed";
            case TLS_ERROR, HANDSHAKE_TIMEOUT -> "the encrypted connection failed";
        };
    }
}
