package dev.gatehouse.link;

import io.grpc.MethodDescriptor.Marshaller;
import java.io.InputStream;

/**
 * Turns frames into gRPC messages and back, on one thread, with one inbound flyweight and one outbound stream that are used
 * again for each frame.
 */
final class FrameMarshaller implements Marshaller<Frame> {

    private static final int SCRATCH_BYTES = 4096;

    private final InboundFrame inbound;
    private final FrameStream view;

    FrameMarshaller(int messageBytesMax) {
        inbound = new InboundFrame(messageBytesMax, new byte[SCRATCH_BYTES]);
        view = new FrameStream(new byte[SCRATCH_BYTES]);
    }

    @Override
    public InputStream stream(Frame frame) {
        if (!(frame instanceof OutboundFrame outbound)) {
            throw new IllegalArgumentException("frame: one that arrived (expected: an OutboundFrame)");
        }
        // An owned copy may wait in gRPC until after the next frame, so it can't share the stream of the views. It has
        // no body beside its head, so it needs no scratch either.
        FrameStream stream = outbound.owned() ? new FrameStream(outbound.head()) : view;
        return stream.open(outbound);
    }

    @Override
    public Frame parse(InputStream stream) {
        return inbound.parse(stream);
    }
}
