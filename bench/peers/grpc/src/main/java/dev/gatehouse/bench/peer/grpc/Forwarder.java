package dev.gatehouse.bench.peer.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/** A client and its stream. What answers come in a turn of the event loop go out by one flush. */
final class Forwarder extends SimpleChannelInboundHandler<ByteBuf> {
    private final ClientCall<byte[], byte[]> call;
    private boolean flushPending;

    Forwarder(ManagedChannel service) {
        super(ByteBuf.class);
        call = service.newCall(BytesContract.STREAM, CallOptions.DEFAULT);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        call.start(new Answers(ctx), new Metadata());
        call.request(1);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
        call.sendMessage(ByteBufUtil.getBytes(frame));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        call.cancel("the client has gone", null);
    }

    private void answer(ChannelHandlerContext ctx, byte[] message) {
        ctx.write(
                ctx.alloc()
                        .directBuffer(Short.BYTES + message.length)
                        .writeShort(message.length)
                        .writeBytes(message),
                ctx.voidPromise());
        call.request(1);
        if (!flushPending) {
            flushPending = true;
            ctx.executor().execute(() -> {
                flushPending = false;
                ctx.flush();
            });
        }
    }

    private final class Answers extends ClientCall.Listener<byte[]> {
        private final ChannelHandlerContext ctx;

        Answers(ChannelHandlerContext ctx) {
            this.ctx = ctx;
        }

        @Override
        public void onMessage(byte[] message) {
            answer(ctx, message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            ctx.close();
        }
    }
}
