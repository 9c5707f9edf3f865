package dev.gatehouse.backend.internal;

import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Runs the handler on a virtual thread of the user's own, so that it may block. What waits for it is bounded by what the attachment
 * takes from its line.
 */
final class VirtualThreadDispatcher implements Dispatcher {

    /** The packets that wait, and then an empty entry for the end. */
    private final BlockingQueue<Optional<Packet>> inbox = new LinkedBlockingQueue<>();

    private final HandlerCalls handler;
    private final Attachment attachment;
    private final CallLoop loop;
    private final Thread thread;

    VirtualThreadDispatcher(HandlerCalls handler, Attachment attachment, CallLoop loop) {
        this.handler = handler;
        this.attachment = attachment;
        this.loop = loop;
        thread = Thread.ofVirtual().name("user-" + attachment.id()).unstarted(this::run);
    }

    @Override
    public void opened() {
        thread.start();
    }

    @Override
    public void packet(int opcode, ByteBuf payload) {
        // The copy is on the heap, so that a handler that keeps or loses it owes nothing.
        inbox.add(Optional.of(new Packet(opcode, Unpooled.copiedBuffer(payload))));
    }

    @Override
    public void closed() {
        inbox.add(Optional.empty());
    }

    @Override
    public void interrupt() {
        thread.interrupt();
    }

    private void run() {
        Status status = handleAll() ? Status.OK : Attachment.HANDLER_FAILED;
        handler.closed();
        loop.execute(() -> attachment.left(status));
    }

    /** Handles packets until the end; false if the handler threw, which is an end too. */
    private boolean handleAll() {
        if (!handler.opened()) {
            return false;
        }
        for (Optional<Packet> next = take(); next.isPresent(); next = take()) {
            Packet packet = next.get();
            int bytes = packet.payload.readableBytes();
            if (!handler.packet(packet.opcode, packet.payload)) {
                return false;
            }
            loop.execute(() -> attachment.handled(bytes));
        }
        return true;
    }

    private Optional<Packet> take() {
        while (true) {
            try {
                return inbox.take();
            } catch (InterruptedException e) {
                // An interrupt is for what a handler waits for; here only the end is waited for, and it comes.
            }
        }
    }

    private record Packet(int opcode, ByteBuf payload) {}
}
