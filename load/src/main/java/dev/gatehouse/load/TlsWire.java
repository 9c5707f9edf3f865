package dev.gatehouse.load;

import dev.gatehouse.net.tls.HandshakeFailure;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** A connection under TLS: an engine between the bytes of the socket and those of the dialogue. */
final class TlsWire extends Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ByteBuffer records;
    private byte[] rest = {};
    private boolean ready;

    /**
     * A connection that hasn't begun.
     *
     * @param records a buffer for records of TLS, which all connections of the thread share
     */
    TlsWire(SocketChannel channel, SSLEngine engine, ByteBuffer records) {
        super(channel);
        this.engine = engine;
        this.records = records;
    }

    @Override
    void begin() throws IOException {
        engine.setUseClientMode(true);
        engine.beginHandshake();
        shakeHands();
    }

    @Override
    boolean ready() {
        return ready;
    }

    @Override
    int read(ByteBuffer into) throws IOException {
        records.clear().put(rest);
        int got = channel().read(records);
        ByteBuffer come = records.flip();
        // While the engine wants to answer, what came has to wait in a buffer of its own.
        byte[] bytes = new byte[come.remaining()];
        come.get(bytes);
        ByteBuffer waiting = ByteBuffer.wrap(bytes);
        try {
            unwrap(waiting, into);
        } catch (SSLException e) {
            throw new EndException("TLS: " + HandshakeFailure.seenByClient(e), e);
        }
        rest = new byte[waiting.remaining()];
        waiting.get(rest);
        return got;
    }

    private void unwrap(ByteBuffer from, ByteBuffer into) throws IOException {
        while (true) {
            SSLEngineResult result = engine.unwrap(from, into);
            boolean more = shakeHands();
            boolean moved = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
            if (result.getStatus() == Status.CLOSED
                    || result.getStatus() == Status.BUFFER_UNDERFLOW
                    || !(moved || more)) {
                return;
            }
        }
    }

    /** Does what the handshake wants of us; returns whether anything was done. */
    private boolean shakeHands() throws IOException {
        boolean did = false;
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
            if (status == HandshakeStatus.NEED_TASK) {
                runTasks();
            } else if (wrap(NOTHING) == 0) {
                break;
            }
            did = true;
            status = engine.getHandshakeStatus();
        }
        ready |= status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
        return did;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining() && wrap(from) > 0) {}
    }

    /** Makes one record and sends it; returns how many bytes it has. */
    private int wrap(ByteBuffer from) throws IOException {
        records.clear();
        SSLEngineResult result = engine.wrap(from, records);
        push(records.flip());
        return result.bytesProduced();
    }

    @Override
    void end() {
        try {
            if (ready) {
                engine.closeOutbound();
                wrap(NOTHING);
            }
        } catch (IOException e) {
            // The connection ends in any case.
        } finally {
            ReferenceCountUtil.safeRelease(engine);
        }
    }
}
