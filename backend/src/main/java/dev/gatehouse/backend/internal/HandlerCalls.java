package dev.gatehouse.backend.internal;

import dev.gatehouse.backend.PacketHandler;
import dev.gatehouse.backend.User;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls into the service's handler: the one place where whatever it throws is caught and logged. */
final class HandlerCalls {

    private static final Logger log = LoggerFactory.getLogger(HandlerCalls.class);

    private final PacketHandler handler;
    private final User user;

    HandlerCalls(PacketHandler handler, User user) {
        this.handler = handler;
        this.user = user;
    }

    /** Whether the callback returned, instead of throwing. */
    boolean opened() {
        try {
            handler.opened(user);
            return true;
        } catch (Throwable e) {
            return failed("opened", e);
        }
    }

    /** Whether the callback returned, instead of throwing. */
    boolean packet(int opcode, ByteBuf payload) {
        try {
            handler.packet(user, opcode, payload);
            return true;
        } catch (Throwable e) {
            return failed("packet of opcode " + opcode, e);
        }
    }

    void closed() {
        try {
            handler.closed(user);
        } catch (Throwable e) {
            failed("closed", e);
        }
    }

    private boolean failed(String callback, Throwable e) {
        log.error("user {}: the handler failed in {}", user.id(), callback, e);
        return false;
    }
}
