package dev.gatehouse.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The gateway's side of one attachment, over either contract. */
abstract class TestAttachment {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final CompletableFuture<@Nullable Void> accepted = new CompletableFuture<>();
    /** How it ended, as a status of gRPC whatever the contract. */
    final CompletableFuture<Status> ended = new CompletableFuture<>();
    /** Pings that came unasked. */
    final AtomicInteger lifeSigns = new AtomicInteger();

    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    /**
     * What came.
     *
     * @param type as of a frame of gonet2
     */
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

    abstract void send(int opcode, byte[] payload);

    /** Takes all that comes, from now on. */
    abstract void takeAll();

    /** Whether what is sent now goes out. */
    abstract boolean isReady();

    /** Ends it in order: the node may still answer. */
    abstract void close();

    /** Breaks the link off. */
    abstract void cancel();

    void send(int opcode, int number) {
        send(opcode, ByteBuffer.allocate(4).putInt(number).array());
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

    Received next() throws InterruptedException {
        Received next = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next)
                .as("the next of an attachment that ended with %s", ended.getNow(Status.OK))
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
}
