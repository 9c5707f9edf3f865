package dev.gatehouse.gateway;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.OutboundFrame;
import dev.gatehouse.ring.Member;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A service on plain gRPC, which does on each stream just what a test says, right or wrong, to the byte. */
final class RawService implements AutoCloseable {
    private final Server server;
    private final Script script;
    private final List<Stream> streams = new CopyOnWriteArrayList<>();

    /** What the service does; by default it accepts, echoes pings, answers nothing, and ends in order. */
    interface Script {
        default void opened(Stream stream) {
            stream.accept();
            stream.request(1);
        }

        default void frame(Stream stream, int type, ByteBuf message) {
            if (type == Frame.PING) {
                stream.send(new OutboundFrame().ping(message));
            } else if (type == Frame.MESSAGE) {
                packet(stream, message.readShort(), message);
            }
            stream.request(1);
        }

        default void packet(Stream stream, int opcode, ByteBuf payload) {}

        default void halfClosed(Stream stream) {
            stream.end(Status.OK);
        }
    }

    RawService(Script script) {
        this(script, 0);
    }

    RawService(Script script, int port) {
        this.script = script;
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .directExecutor()
                    .fallbackHandlerRegistry(new OneMethod())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Member member(int number) {
        return GatewayFixture.member(number, server.getPort());
    }

    List<Stream> streams() {
        return streams;
    }

    /** The stream that was opened as this number, from 0. */
    Stream stream(int index) {
        await().until(() -> streams.size() > index);
        return streams.get(index);
    }

    /** The encoded bytes of a packet. */
    static byte[] message(int opcode, byte[] payload) {
        return encoded(new OutboundFrame().packet(opcode, Unpooled.wrappedBuffer(payload)));
    }

    private static byte[] encoded(OutboundFrame frame) {
        try (InputStream in = Gonet2Contract.stream().streamResponse(frame)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One stream, as the service sees it. */
    final class Stream extends ServerCall.Listener<byte[]> {
        private final ServerCall<byte[], byte[]> call;
        final String user;
        volatile boolean cancelled;
        volatile boolean halfClosed;

        Stream(ServerCall<byte[], byte[]> call, Metadata headers) {
            this.call = call;
            user = String.valueOf(headers.get(Gonet2Contract.USER_ID));
        }

        synchronized void accept() {
            call.sendHeaders(new Metadata());
        }

        synchronized void request(int frames) {
            call.request(frames);
        }

        void send(OutboundFrame frame) {
            send(encoded(frame));
        }

        synchronized void send(byte[] encoded) {
            call.sendMessage(encoded);
        }

        synchronized void end(Status status) {
            if (!cancelled) {
                call.close(status, new Metadata());
            }
        }

        @Override
        public void onMessage(byte[] encoded) {
            Frame frame = Gonet2Contract.stream().parseRequest(new ByteArrayInputStream(encoded));
            ByteBuf message = Unpooled.buffer();
            frame.readTo(message);
            script.frame(this, frame.type(), message);
        }

        @Override
        public void onHalfClose() {
            halfClosed = true;
            script.halfClosed(this);
        }

        @Override
        public void onCancel() {
            cancelled = true;
        }
    }

    private final class OneMethod extends HandlerRegistry {
        @Override
        public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
            return ServerMethodDefinition.create(
                    MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                            .setFullMethodName(method)
                            .build(),
                    (call, headers) -> {
                        Stream stream = new Stream(call, headers);
                        streams.add(stream);
                        script.opened(stream);
                        return stream;
                    });
        }
    }

    /** Messages as they are. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
