package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.eventually;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Gonet2Contract;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;

/** The gateway's side of a node, over a real channel. */
final class TestLink implements AutoCloseable {

    // All calls of one channel run on the event loop of its one connection, so they share a descriptor.
    private final MethodDescriptor<Frame, Frame> contract = Gonet2Contract.stream(1 << 20);
    private final ManagedChannel channel;

    TestLink(ServiceNode node) {
        this(node, InsecureChannelCredentials.create());
    }

    TestLink(ServiceNode node, ChannelCredentials credentials) {
        channel = NettyChannelBuilder.forAddress(node.address(), credentials)
                .directExecutor()
                .disableRetry()
                .overrideAuthority("localhost")
                .build();
    }

    /** Attaches a user and takes all that comes for it. */
    TestAttachment attach(long userId) {
        return attach(userId, Integer.MAX_VALUE / 2);
    }

    /** Attaches a user and takes so many frames only. */
    TestAttachment attach(long userId, int frames) {
        Metadata headers = new Metadata();
        headers.put(Gonet2Contract.USER_ID, Long.toString(userId));
        return attach(headers, frames);
    }

    TestAttachment attach(Metadata headers, int frames) {
        return new TestAttachment(channel.newCall(contract, CallOptions.DEFAULT), headers, frames);
    }

    ManagedChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        eventually(channel::isTerminated);
    }
}
