package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs a {@link BlockingHandler}: messages go from the event loop through a bounded inbox to a virtual thread; when the inbox
 * is full, the connection isn't read.
 */
final class VirtualThreadDispatcher implements ConnectionHandler, BlockingConnection {
    /** As many again may be on their way from the inbox to the handler. */
    static final int INBOX_MESSAGES_MAX = 64;

    private final FramedConnection connection;
    private final BlockingHandler handler;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What the handler's thread has taken from the inbox, all at once so that it needs the lock less often. Its own. */
    private ArrayDeque<byte[]> taken = new ArrayDeque<>();

    // Under the lock.
    private ArrayDeque<byte[]> inbox = new ArrayDeque<>();
    /** Reading is paused until the inbox is taken. */
    private boolean full;
    /** Nothing will be added to the inbox. */
    private boolean noMore;

    /** Nothing will be received any more. */
    private volatile boolean closed;

    private CloseReason endReason = CloseReason.LOCAL;

    VirtualThreadDispatcher(FramedConnection connection, BlockingHandler handler) {
        this.connection = connection;
        this.handler = handler;
        thread = Thread.ofVirtual().name("connection-" + connection.id()).unstarted(this::run);
    }

    @Override
    public void opened(Connection c) {
        thread.start();
    }

    @Override
    public void message(Connection c, ByteBuf payload) {
        byte[] message = ByteBufUtil.getBytes(payload);
        lock.lock();
        try {
            if (!noMore) {
                inbox.add(message);
                changed.signal();
            }
            if (inbox.size() >= INBOX_MESSAGES_MAX) {
                full = true;
                c.pauseReading();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void inputClosed(Connection c) {
        noMore(CloseReason.PEER_CLOSED);
    }

    @Override
    public void stopping(Connection c) {
        c.pauseReading();
        noMore(CloseReason.SERVER_STOPPED);
    }

    @Override
    public void closing(Connection c, CloseReason reason) {
        noMore(reason);
    }

    @Override
    public void closed(Connection c, CloseReason reason) {
        noMore(reason);
        if (reason == CloseReason.SERVER_STOPPED) {
            // Its time is up: whatever it still waits for, it must end.
            thread.interrupt();
        }
    }

    /** Nothing else will come; what has come whole before may still be received. */
    private void noMore(CloseReason reason) {
        lock.lock();
        try {
            if (!noMore) {
                noMore = true;
                endReason = reason;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            handler.handle(this);
            connection.close(endReason());
        } catch (Throwable t) {
            connection.onLoop(() -> connection.failed(t));
        }
    }

    private CloseReason endReason() {
        lock.lock();
        try {
            return endReason;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<byte[]> receive() throws InterruptedException {
        if (taken.isEmpty()) {
            take();
        }
        return closed ? Optional.empty() : Optional.ofNullable(taken.poll());
    }

    private void take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (inbox.isEmpty() && !noMore) {
                changed.await();
            }
            ArrayDeque<byte[]> empty = taken;
            taken = inbox;
            inbox = empty;
            if (full) {
                full = false;
                connection.onLoop(this::resumeReading);
            }
        } finally {
            lock.unlock();
        }
    }

    /** On the event loop; the server may have begun to stop since it was asked for. */
    private void resumeReading() {
        lock.lock();
        try {
            if (!noMore) {
                connection.resumeReading();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean send(byte[] message) throws InterruptedException {
        return connection.sendWaiting(message);
    }

    @Override
    public void close() {
        closed = true;
        noMore(CloseReason.LOCAL);
        if (Thread.currentThread().equals(thread)) {
            connection.onLoop(connection::pauseReading);
        } else {
            connection.close();
        }
    }

    @Override
    public void report(Throwable error) {
        connection.report(error);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public long id() {
        return connection.id();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }
}
