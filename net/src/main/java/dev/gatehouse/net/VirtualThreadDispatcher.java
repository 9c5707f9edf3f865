package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link BlockingHandler}: messages go from the event loop through a bounded inbox to a virtual thread; when the inbox
 * is full, the connection isn't read.
 */
final class VirtualThreadDispatcher implements ConnectionHandler, BlockingConnection {
    static final int INBOX_MESSAGES_MAX = 64;
    /** Bytes that may be on their way from the virtual thread to the event loop; a single message may be larger. */
    static final int OUTBOX_BYTES_MAX = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(BlockingHandler.class);

    private final Connection connection;
    private final BlockingHandler handler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Under the lock.
    private final ArrayDeque<byte[]> inbox = new ArrayDeque<>();
    /** Reading is paused until the inbox is half empty. */
    private boolean full;
    /** Nothing will be added to the inbox. */
    private boolean noMore;
    /** What is sent goes nowhere. */
    private boolean closed;

    private boolean noRoom;
    private int outboxBytes;
    private CloseReason endReason = CloseReason.LOCAL;

    VirtualThreadDispatcher(Connection connection, BlockingHandler handler) {
        this.connection = connection;
        this.handler = handler;
    }

    @Override
    public void opened(Connection c) {
        Thread.ofVirtual().name("connection-" + c.id()).start(this::run);
    }

    @Override
    public void message(Connection c, ByteBuf payload) {
        byte[] message = ByteBufUtil.getBytes(payload);
        update(() -> {
            if (!closed) {
                inbox.add(message);
            }
            if (inbox.size() >= INBOX_MESSAGES_MAX) {
                full = true;
                c.pauseReading();
            }
        });
    }

    @Override
    public void writable(Connection c) {
        update(() -> noRoom = false);
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

    /** What has come whole before may still be received. */
    private void noMore(CloseReason reason) {
        update(() -> {
            noMore = true;
            endReason = reason;
        });
    }

    @Override
    public void closing(Connection c, CloseReason reason) {
        closed(c, reason);
    }

    @Override
    public void closed(Connection c, CloseReason reason) {
        update(() -> {
            closed = true;
            noMore = true;
        });
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            handler.handle(this);
            connection.close(endReason());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connection.close(CloseReason.HANDLER_ERROR);
        } catch (Throwable t) {
            LOG.error("{} handler failed", connection, t);
            connection.close(CloseReason.HANDLER_ERROR);
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
        lock.lockInterruptibly();
        try {
            while (inbox.isEmpty() && !noMore) {
                changed.await();
            }
            byte[] message = inbox.poll();
            if (full && inbox.size() <= INBOX_MESSAGES_MAX / 2) {
                full = false;
                if (!noMore) {
                    onLoop(connection::resumeReading);
                }
            }
            return Optional.ofNullable(message);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean send(byte[] message) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while ((noRoom || outboxBytes >= OUTBOX_BYTES_MAX) && !closed) {
                changed.await();
            }
            if (closed) {
                return false;
            }
            outboxBytes += message.length;
        } finally {
            lock.unlock();
        }
        return onLoop(() -> sendOnLoop(message));
    }

    private void sendOnLoop(byte[] message) {
        try {
            boolean room = connection.send(message) || connection.closing();
            update(() -> {
                noRoom = !room;
                outboxBytes -= message.length;
            });
        } catch (IllegalArgumentException e) {
            LOG.error("{} {}", connection, e.getMessage());
            connection.close(CloseReason.HANDLER_ERROR);
        }
    }

    @Override
    public void close() {
        connection.close();
        update(() -> {
            closed = true;
            noMore = true;
            inbox.clear();
        });
    }

    private boolean onLoop(Runnable task) {
        try {
            connection.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
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
