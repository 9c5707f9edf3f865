package dev.gatehouse.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The gateway's side of one attachment. */
final class TestAttachment extends ClientCall.Listener<Frame> {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final CompletableFuture<Metadata> accepted = new CompletableFuture<>();
    final CompletableFuture<Status> ended = new CompletableFuture<>();
    /** Pings that came unasked. */
    final AtomicInteger lifeSigns = new AtomicInteger();

    private final AtomicInteger pings = new AtomicInteger();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final ClientCall<Frame, Frame> call;

    record Received(int type, ByteBuf bytes) {

        int opcode() {
            return bytes.getShort(0);
        }

        int number() {
            return bytes.getInt(Short.BYTES);
        }

        byte[] payload() {
            return ByteBufUtil.getBytes(bytes, Short.BYTES, bytes.readableBytes() - Short.BYTES);
        }

        byte[] message() {
            return ByteBufUtil.getBytes(bytes);
        }
    }

    TestAttachment(ClientCall<Frame, Frame> call, Metadata headers, int frames) {
        this.call = call;
        call.start(this, headers);
        if (frames > 0) {
            call.request(frames);
        }
    }

    /** Waits for the acceptance. */
    TestAttachment accepted() {
        eventually(() -> accepted.isDone() || ended.isDone());
        assertThat(accepted).isCompleted();
        return this;
    }

    /** Waits for something that happens on other threads. */
    static void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    void send(int opcode, byte[] payload) {
        call.sendMessage(new OutboundFrame()
                .packet(opcode, Unpooled.wrappedBuffer(payload))
                .copy());
    }

    void send(int opcode, int number) {
        send(opcode, ByteBuffer.allocate(4).putInt(number).array());
    }

    void ping(byte[] mark) {
        pings.incrementAndGet();
        send(new OutboundFrame().ping(Unpooled.wrappedBuffer(mark)));
    }

    void send(OutboundFrame frame) {
        call.sendMessage(frame.copy());
    }

    void request(int frames) {
        call.request(frames);
    }

    boolean isReady() {
        return call.isReady();
    }

    void halfClose() {
        call.halfClose();
    }

    void cancel() {
        call.cancel("the test cancels", null);
    }

    Received next() throws InterruptedException {
        Received next = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next)
                .as("the next frame of a stream that ended with %s", ended.getNow(Status.OK))
                .isNotNull();
        return Objects.requireNonNull(next);
    }

    int receivedCount() {
        return received.size();
    }

    Status end() {
        eventually(ended::isDone);
        return ended.join();
    }

    @Override
    public void onHeaders(Metadata headers) {
        accepted.complete(headers);
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
