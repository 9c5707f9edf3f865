package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.eventually;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.TrunkContract;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import org.jspecify.annotations.Nullable;

/** The gateway's side of a node, over a real channel, on either contract. */
final class TestLink implements AutoCloseable {

    /** What a link speaks. */
    enum Speaks {
        GONET2,
        TRUNK
    }

    // All calls of one channel run on the event loop of its one connection, so they share a descriptor.
    private final MethodDescriptor<Frame, Frame> contract = Gonet2Contract.stream(1 << 20);
    private final ManagedChannel channel;
    private final Speaks speaks;
    private @Nullable TestTrunk trunk;

    TestLink(ServiceNode node) {
        this(node, Speaks.GONET2, InsecureChannelCredentials.create());
    }

    TestLink(ServiceNode node, Speaks speaks, ChannelCredentials credentials) {
        this.speaks = speaks;
        channel = NettyChannelBuilder.forAddress(node.address(), credentials)
                .directExecutor()
                .disableRetry()
                .overrideAuthority("localhost")
                .build();
    }

    /** Attaches a user and takes all that comes for it. */
    TestAttachment attach(long userId) {
        return speaks == Speaks.TRUNK
                ? trunk(TrunkContract.INITIAL_CREDIT).attach(userId, true)
                : attach(userId, Integer.MAX_VALUE / 2);
    }

    /** Attaches a user and takes nothing. */
    TestAttachment attachTakingNothing(long userId) {
        return speaks == Speaks.TRUNK ? trunk(0).attach(userId, false) : attach(userId, 0);
    }

    private StreamTestAttachment attach(long userId, int frames) {
        Metadata headers = new Metadata();
        headers.put(Gonet2Contract.USER_ID, Long.toString(userId));
        return attach(headers, frames);
    }

    /** Attaches a user over gonet2. */
    StreamTestAttachment attachStream(long userId) {
        return attach(userId, Integer.MAX_VALUE / 2);
    }

    /** Attaches over gonet2 with these headers. */
    StreamTestAttachment attach(Metadata headers, int frames) {
        return new StreamTestAttachment(channel.newCall(contract, CallOptions.DEFAULT), headers, frames);
    }

    /** The trunk of this link, which is made with the first one's credit. */
    synchronized TestTrunk trunk(int initialCredit) {
        TestTrunk made = trunk;
        if (made == null) {
            made = TestTrunk.greeted(channel, initialCredit);
            trunk = made;
        }
        return made;
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
