package dev.gatehouse.gateway;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.link.BatchReader;
import dev.gatehouse.link.BatchWriter;
import dev.gatehouse.link.CloseCode;
import dev.gatehouse.link.Hello;
import dev.gatehouse.link.Open;
import dev.gatehouse.link.TrunkContract;
import dev.gatehouse.ring.Member;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
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
import java.util.function.Consumer;

/** A node on plain gRPC that speaks the trunk, and does on each call just what a test says, right or wrong, to the byte. */
final class RawTrunk implements AutoCloseable {
    private final Server server;
    private final Script script;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Attached> attached = new CopyOnWriteArrayList<>();

    /** What the node does; by default it says hello, answers pings, takes nobody's packets, and ends in order. */
    interface Script {
        default void called(Call call) {
            call.write(batch -> batch.hello(new Hello("game", 1, 1 << 20, 65_538, 65_536)));
        }

        default void opened(Call call, long id, Open open) {}

        default void packet(Call call, long id, int opcode, ByteBuf payload) {}

        default void closed(Call call, long id) {
            call.write(batch -> batch.close(id, CloseCode.NORMAL, ""));
        }

        default void pinged(Call call, long number) {
            call.write(batch -> batch.pong(number));
        }

        default void credit(Call call, long id, long bytes) {}
    }

    RawTrunk(Script script) {
        this.script = script;
        // Both ways as they are, or read by our own reader.
        MethodDescriptor<BatchReader, byte[]> method = MethodDescriptor.newBuilder(
                        TrunkContract.server().getRequestMarshaller(), new Bytes())
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(TrunkContract.METHOD)
                .build();
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .directExecutor()
                    .addService(ServerServiceDefinition.builder(TrunkContract.SERVICE)
                            .addMethod(ServerMethodDefinition.create(method, (call, headers) -> accept(call)))
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Call accept(ServerCall<BatchReader, byte[]> call) {
        Call accepted = new Call(call);
        calls.add(accepted);
        call.sendHeaders(new Metadata());
        script.called(accepted);
        call.request(Integer.MAX_VALUE);
        return accepted;
    }

    Member member(int number) {
        return GatewayFixture.member(number, server.getPort());
    }

    List<Call> calls() {
        return calls;
    }

    /** The sessions that were attached, in their order, whatever became of them. */
    List<Attached> attached() {
        return List.copyOf(attached);
    }

    /** The session that was attached as this number, from 0. */
    Attached attached(int index) {
        await().until(() -> attached().size() > index);
        return attached().get(index);
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

    /** A session that was attached. */
    record Attached(Call call, long id, Open open) {
        void push(int opcode, String text) {
            call.write(batch ->
                    batch.payload(id, opcode, Unpooled.copiedBuffer(text, java.nio.charset.StandardCharsets.UTF_8)));
        }

        void close(CloseCode code) {
            call.write(batch -> batch.close(id, code, "as the test wants"));
        }
    }

    /** One call, as the node sees it. */
    final class Call extends ServerCall.Listener<BatchReader> {
        private final ServerCall<BatchReader, byte[]> call;
        final List<Long> closed = new CopyOnWriteArrayList<>();
        volatile boolean halfClosed;
        volatile boolean over;

        Call(ServerCall<BatchReader, byte[]> call) {
            this.call = call;
        }

        /** Sends a batch that is written by something. */
        void write(Consumer<BatchWriter> writing) {
            BatchWriter batch = new BatchWriter();
            writing.accept(batch);
            try {
                send(TrunkContract.client().streamRequest(batch).readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized void send(byte[] encoded) {
            if (!over) {
                call.sendMessage(encoded);
            }
        }

        synchronized void end(Status status) {
            over = true;
            call.close(status, new Metadata());
        }

        @Override
        public void onMessage(BatchReader batch) {
            while (batch.next()) {
                long id = batch.attachment();
                switch (batch.kind()) {
                    case OPEN -> {
                        attached.add(new Attached(this, id, batch.open()));
                        script.opened(this, id, batch.open());
                    }
                    case PAYLOAD -> {
                        ByteBuf packet = Unpooled.buffer();
                        batch.readTo(packet);
                        script.packet(this, id, packet.readShort(), packet);
                    }
                    case CLOSE -> {
                        closed.add(id);
                        script.closed(this, id);
                    }
                    case PING -> script.pinged(this, batch.number());
                    case CREDIT -> script.credit(this, id, batch.number());
                    default -> {}
                }
            }
        }

        @Override
        public void onHalfClose() {
            halfClosed = true;
            end(Status.OK);
        }

        @Override
        public void onCancel() {
            over = true;
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
            throw new UnsupportedOperationException();
        }
    }
}
