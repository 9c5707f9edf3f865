package dev.gatehouse.bench.peer.netty;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.LineBasedFrameDecoder;

/** The handlers of a connection. */
enum Pipeline {
    /** As Netty's own examples have it: a decoder that takes the length away, one that puts it before each reply. */
    USUAL_LENGTH {
        @Override
        void addTo(ChannelPipeline pipeline) {
            pipeline.addLast(new LengthFieldBasedFrameDecoder(FRAME_BYTES_MAX, 0, 2, 0, 2))
                    .addLast(new LengthFieldPrepender(2))
                    .addLast(new Echo());
        }
    },
    /** With its length before it, the frame that came is the one buffer of the reply. */
    LEAN_LENGTH {
        @Override
        void addTo(ChannelPipeline pipeline) {
            pipeline.addLast(new LengthFieldBasedFrameDecoder(FRAME_BYTES_MAX, 0, 2, 0, 0))
                    .addLast(new Echo());
        }
    },
    /** A decoder that takes the newline away, an encoder that writes one after each reply. */
    USUAL_LINES {
        @Override
        void addTo(ChannelPipeline pipeline) {
            pipeline.addLast(new LineBasedFrameDecoder(FRAME_BYTES_MAX))
                    .addLast(new NewlineAppender())
                    .addLast(new Echo());
        }
    },
    /** With its newline after it, the frame that came is the one buffer of the reply. */
    LEAN_LINES {
        @Override
        void addTo(ChannelPipeline pipeline) {
            pipeline.addLast(new LineBasedFrameDecoder(FRAME_BYTES_MAX, false, false))
                    .addLast(new Echo());
        }
    };

    private static final int FRAME_BYTES_MAX = 65_537;

    /** The form ({@code usual} or {@code lean}) of a framing ({@code length} or {@code lines}). */
    static Pipeline of(String framing, String form) {
        boolean lean = form.equals("lean");
        return framing.equals("lines") ? lean ? LEAN_LINES : USUAL_LINES : lean ? LEAN_LENGTH : USUAL_LENGTH;
    }

    abstract void addTo(ChannelPipeline pipeline);
}
