package dev.gatehouse.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A blocking socket of the JDK: a peer that has nothing in common with what is tested. */
final class Peer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;

    Peer(Socket socket) {
        this.socket = socket;
    }

    static Peer connect(InetSocketAddress address) {
        return connect(address, 0);
    }

    /** With a receive buffer of so many bytes; 0 leaves it to the kernel. */
    static Peer connect(InetSocketAddress address, int receiveBufferBytes) {
        try {
            Socket socket = new Socket();
            if (receiveBufferBytes > 0) {
                socket.setReceiveBufferSize(receiveBufferBytes);
            }
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(address, TIMEOUT_MILLIS);
            return new Peer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From another address of this machine. */
    static Peer connectFrom(String local, InetSocketAddress address) {
        try {
            Socket socket = new Socket();
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.bind(new InetSocketAddress(local, 0));
            socket.connect(address, TIMEOUT_MILLIS);
            return new Peer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** A text of ASCII letters behind its length in two bytes. */
    static byte[] frame(String text) {
        return frame(text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] frame(byte[] payload) {
        byte[] frame = new byte[2 + payload.length];
        frame[0] = (byte) (payload.length >> 8);
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }

    Peer send(byte[] bytes) {
        return unchecked(() -> socket.getOutputStream().write(bytes));
    }

    /** Sends each text as a frame, all at once. */
    Peer sendFrames(String... texts) {
        byte[][] frames = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            frames[i] = frame(texts[i]);
        }
        return send(FramingContract.concat(frames));
    }

    /** The next bytes; fewer if the other side closes first. */
    byte[] read(int bytes) {
        try {
            return socket.getInputStream().readNBytes(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The payload of the next frame, as text; "EOF" if there is none. */
    String readFrame() {
        byte[] length = read(2);
        if (length.length < 2) {
            return "EOF";
        }
        return new String(read((length[0] & 0xFF) << 8 | (length[1] & 0xFF)), StandardCharsets.US_ASCII);
    }

    /** Everything up to EOF; a reset is an error. */
    byte[] readAll() {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Peer shutdownOutput() {
        return unchecked(socket::shutdownOutput);
    }

    /** Closes with RST. */
    void reset() {
        unchecked(() -> socket.setSoLinger(true, 0));
        close();
    }

    @Override
    public void close() {
        unchecked(socket::close);
    }

    private interface Action {
        void run() throws IOException;
    }

    private Peer unchecked(Action action) {
        try {
            action.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
