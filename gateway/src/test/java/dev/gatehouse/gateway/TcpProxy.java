package dev.gatehouse.gateway;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What lies between a gateway and a node: it can be cut, as by a crash, or frozen, as by a stopped process. */
final class TcpProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();
    private final HeldPort place = new HeldPort();
    private final int port;
    private ServerSocket listener;
    private boolean frozen;

    TcpProxy(InetSocketAddress target) {
        this.target = target;
        port = place.port();
        listener = listen(port);
    }

    int port() {
        return port;
    }

    private ServerSocket listen(int where) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where));
            Thread.ofVirtual().start(() -> acceptAll(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll(ServerSocket from) {
        try {
            while (true) {
                Socket here = from.accept();
                Socket there = new Socket(target.getAddress(), target.getPort());
                here.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                sockets.add(here);
                sockets.add(there);
                if (from.isClosed()) {
                    // Taken while the listener closed: whoever cuts may have missed it.
                    reset(here);
                    reset(there);
                }
                Thread.ofVirtual().start(() -> pump(here, there));
                Thread.ofVirtual().start(() -> pump(there, here));
            }
        } catch (IOException e) {
            // Cut.
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[64 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitThaw();
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    private void awaitThaw() {
        lock.lock();
        try {
            while (frozen) {
                thawed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing goes through any more, but the connections stay. */
    void freeze() {
        lock.lock();
        try {
            frozen = true;
        } finally {
            lock.unlock();
        }
    }

    void thaw() {
        lock.lock();
        try {
            frozen = false;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All connections break; new ones are taken. */
    void cut() {
        sockets.forEach(this::reset);
    }

    /** All connections break, and new ones are refused. */
    void down() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    /** New connections are taken again, on the same port; a connect to it in vain may have picked it as its own for a moment. */
    void up() {
        listener = await().ignoreException(UncheckedIOException.class).until(() -> listen(port), ServerSocket::isBound);
    }

    private void reset(Socket socket) {
        sockets.remove(socket);
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed already.
        }
    }

    @Override
    public void close() {
        thaw();
        down();
        place.close();
    }
}
