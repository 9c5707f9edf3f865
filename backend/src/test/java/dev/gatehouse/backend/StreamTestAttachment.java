package dev.gatehouse.backend;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicInteger;

/** The gateway's side of one attachment over the contract gonet2: a stream. */
final class StreamTestAttachment extends TestAttachment {
    private final AtomicInteger pings = new AtomicInteger();
    private final ClientCall<Frame, Frame> call;

    StreamTestAttachment(ClientCall<Frame, Frame> call, Metadata headers, int frames) {
        this.call = call;
        call.start(new Listener(), headers);
        if (frames > 0) {
            call.request(frames);
        }
    }

    @Override
    void send(int opcode, byte[] payload) {
        send(new OutboundFrame().packet(opcode, Unpooled.wrappedBuffer(payload)));
    }

    void send(OutboundFrame frame) {
        call.sendMessage(frame.copy());
    }

    void ping(byte[] mark) {
        pings.incrementAndGet();
        send(new OutboundFrame().ping(Unpooled.wrappedBuffer(mark)));
    }

    @Override
    void takeAll() {
        call.request(Integer.MAX_VALUE / 2);
    }

    @Override
    boolean isReady() {
        return call.isReady();
    }

    @Override
    void close() {
        call.halfClose();
    }

    @Override
    void cancel() {
        call.cancel("the test cancels", null);
    }

    private final class Listener extends ClientCall.Listener<Frame> {
        @Override
        public void onHeaders(Metadata headers) {
            accepted.complete(null);
        }

        @Override
        public void onMessage(Frame frame) {
            if (frame.type() == Frame.PING && pings.getAndUpdate(asked -> Math.max(0, asked - 1)) == 0) {
                lifeSigns.incrementAndGet();
                return;
            }
            ByteBuf message = Unpooled.buffer();
            frame.readTo(message);
            received.add(new Received(frame.type(), message));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
        }
    }
}
