package dev.gatehouse.backend.internal;

import io.grpc.Status;
import io.netty.buffer.ByteBuf;

/** Runs the handler right on the user's event loop. */
final class EventLoopDispatcher implements Dispatcher {

    private final HandlerCalls handler;
    private final Attachment attachment;

    EventLoopDispatcher(HandlerCalls handler, Attachment attachment) {
        this.handler = handler;
        this.attachment = attachment;
    }

    @Override
    public void opened() {
        if (!handler.opened()) {
            attachment.end(Attachment.HANDLER_FAILED);
        }
    }

    @Override
    public void packet(int opcode, ByteBuf payload) {
        int bytes = payload.readableBytes();
        if (handler.packet(opcode, payload)) {
            attachment.handled(bytes);
        } else {
            attachment.end(Attachment.HANDLER_FAILED);
        }
    }

    @Override
    public void closed() {
        handler.closed();
        attachment.left(Status.OK);
    }
}
