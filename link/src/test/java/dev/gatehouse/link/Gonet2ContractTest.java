package dev.gatehouse.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import proto.GameServiceGrpc;
import proto.Gonet2.Game;

/** The contract over real gRPC, with generated code at the other end. */
class Gonet2ContractTest {

    private static final int[] LENGTHS = {0, 1, 2, 127, 128, 16383, 16384, 65000};

    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();

    @Test
    void isTheMethodOfTheProto() {
        MethodDescriptor<Game.Frame, Game.Frame> generated = GameServiceGrpc.getStreamMethod();
        MethodDescriptor<Frame, Frame> ours = Gonet2Contract.stream();

        assertThat(ours.getFullMethodName()).isEqualTo(generated.getFullMethodName());
        assertThat(ours.getType()).isEqualTo(generated.getType());
        assertThat(Gonet2Contract.stream()).isNotSameAs(ours);
        assertThat(Gonet2Contract.class.getResource("/gonet2.proto")).isNotNull();
    }

    @Test
    void speaksToGeneratedServices() throws Exception {
        GameServiceGrpc.GameServiceImplBase echo = new GameServiceGrpc.GameServiceImplBase() {
            @Override
            public StreamObserver<Game.Frame> stream(StreamObserver<Game.Frame> answers) {
                return new Echo(answers);
            }
        };
        Server server = start(Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(echo)
                .build());
        ManagedChannel channel = channel(server);
        try {
            ClientCall<Frame, Frame> call = channel.newCall(Gonet2Contract.stream(), CallOptions.DEFAULT);
            call.start(new Collect(), new Metadata());
            call.request(LENGTHS.length);
            OutboundFrame view = new OutboundFrame();
            for (int length : LENGTHS) {
                // The channel may still connect: what is sent must be a copy.
                call.sendMessage(
                        view.message(Unpooled.wrappedBuffer(bytes(length))).copy());
            }
            call.halfClose();
            assertAnswers();
        } finally {
            stop(channel, server);
        }
    }

    @Test
    void speaksToGeneratedClients() throws Exception {
        Server server = start(Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(echoService())
                .directExecutor()
                .build());
        ManagedChannel channel = channel(server);
        try {
            StreamObserver<Game.Frame> requests = GameServiceGrpc.newStub(channel).stream(new Queue(answers));
            for (int length : LENGTHS) {
                requests.onNext(Game.Frame.newBuilder()
                        .setMessage(ByteString.copyFrom(bytes(length)))
                        .build());
            }
            requests.onCompleted();
            assertAnswers();
        } finally {
            stop(channel, server);
        }
    }

    private static ServerServiceDefinition echoService() {
        ServerCallHandler<Frame, Frame> handler = (call, headers) -> {
            call.sendHeaders(new Metadata());
            call.request(1);
            return new ServerCall.Listener<>() {
                private final OutboundFrame view = new OutboundFrame();

                @Override
                public void onMessage(Frame frame) {
                    ByteBuf message = Unpooled.directBuffer();
                    frame.readTo(message);
                    call.sendMessage(view.message(message));
                    message.setZero(0, message.capacity());
                    message.release();
                    call.request(1);
                }

                @Override
                public void onHalfClose() {
                    call.close(Status.OK, new Metadata());
                }
            };
        };
        return ServerServiceDefinition.builder(Gonet2Contract.SERVICE)
                .addMethod(Gonet2Contract.stream(), handler)
                .build();
    }

    private void assertAnswers() throws InterruptedException {
        for (int length : LENGTHS) {
            assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(bytes(length));
        }
    }

    private static Server start(Server server) throws IOException {
        return server.start();
    }

    private static ManagedChannel channel(Server server) {
        return Grpc.newChannelBuilderForAddress("127.0.0.1", server.getPort(), InsecureChannelCredentials.create())
                .directExecutor()
                .disableRetry()
                .build();
    }

    private static void stop(ManagedChannel channel, Server server) throws InterruptedException {
        channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private final class Collect extends ClientCall.Listener<Frame> {
        @Override
        public void onMessage(Frame frame) {
            ByteBuf message = Unpooled.buffer();
            frame.readTo(message);
            answers.add(Arrays.copyOf(message.array(), message.readableBytes()));
        }
    }

    private record Echo(StreamObserver<Game.Frame> answers) implements StreamObserver<Game.Frame> {
        @Override
        public void onNext(Game.Frame frame) {
            answers.onNext(frame);
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onCompleted() {
            answers.onCompleted();
        }
    }

    private record Queue(BlockingQueue<byte[]> answers) implements StreamObserver<Game.Frame> {
        @Override
        public void onNext(Game.Frame frame) {
            answers.add(frame.getMessage().toByteArray());
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onCompleted() {}
    }
}
