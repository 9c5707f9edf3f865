package dev.gatehouse.gateway.internal;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.LoginFailure;

/** Why a session ended, when its connection or its login says so: the one place where the reasons are mapped. */
final class EndReasons {
    private EndReasons() {}

    static EndReason of(CloseReason reason) {
        return switch (reason) {
            case LOCAL, HANDLER_ERROR -> EndReason.INTERNAL_ERROR;
            case PEER_CLOSED -> EndReason.CLIENT_CLOSED;
            case PEER_RESET -> EndReason.CLIENT_RESET;
            case FRAME_TOO_LARGE -> EndReason.FRAME_TOO_LARGE;
            case MALFORMED_FRAME, MALFORMED_MESSAGE -> EndReason.PROTOCOL_ERROR;
            case IDLE_TIMEOUT -> EndReason.IDLE_TIMEOUT;
            case FIRST_MESSAGE_TIMEOUT, HANDSHAKE_TIMEOUT -> EndReason.LOGIN_TIMEOUT;
            case WRITE_STALLED, QUEUE_FULL -> EndReason.SLOW_CONSUMER;
            case TRANSPORT_ERROR, TLS_ERROR, PROXY_HEADER_ERROR -> EndReason.TRANSPORT_ERROR;
            case CONNECTION_LIMIT, ADDRESS_LIMIT -> EndReason.OVERLOADED;
            case SERVER_STOPPED -> EndReason.STOPPING;
        };
    }

    static EndReason of(LoginFailure failure) {
        return switch (failure) {
            case REFUSED -> EndReason.LOGIN_REFUSED;
            case SERVICE_UNAVAILABLE -> EndReason.SERVICE_UNAVAILABLE;
            case OVERLOADED -> EndReason.OVERLOADED;
        };
    }
}
