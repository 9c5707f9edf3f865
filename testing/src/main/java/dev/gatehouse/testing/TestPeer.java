package dev.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The other side of a connection, as bytes: a plain blocking socket. What it expects and doesn't get is an
 * {@link AssertionError}. For one thread at a time, but {@link #close}: any thread.
 */
public final class TestPeer implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Socket socket;

    private TestPeer(Socket socket) {
        this.socket = socket;
    }

    /** A peer that is connected to {@code address}; it waits for what it expects for 30 s. */
    public static TestPeer connect(InetSocketAddress address) {
        return connect(address, 0);
    }

    /** As {@link #connect(InetSocketAddress)}, with a receive buffer of so many bytes, for tests of peers that don't read. */
    public static TestPeer connect(InetSocketAddress address, int receiveBufferBytes) {
        int timeoutMillis = Math.toIntExact(TIMEOUT.toMillis());
        Socket socket = new Socket();
        try {
            if (receiveBufferBytes > 0) {
                socket.setReceiveBufferSize(receiveBufferBytes);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMillis);
            socket.connect(address, timeoutMillis);
            return new TestPeer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes. */
    public TestPeer send(byte[] bytes) {
        return checked(() -> socket.getOutputStream().write(bytes));
    }

    /** Sends bytes that are written as hex digits, with or without spaces between them. */
    public TestPeer sendHex(String hex) {
        return send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Sends a text in UTF-8. */
    public TestPeer sendText(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads exactly so many bytes. */
    public byte[] read(int bytes) {
        byte[] read = new byte[bytes];
        int have = fill(read);
        if (have < bytes) {
            throw new AssertionError(
                    "expected " + bytes + " bytes, but got EOF after " + hex(Arrays.copyOf(read, have)));
        }
        return read;
    }

    /** The next bytes are these. */
    public TestPeer expect(byte[] expected) {
        byte[] actual = new byte[expected.length];
        int have = fill(actual);
        if (!Arrays.equals(expected, Arrays.copyOf(actual, have))) {
            throw new AssertionError("expected " + hex(expected) + ", but got " + hex(Arrays.copyOf(actual, have))
                    + eof(have, expected));
        }
        return this;
    }

    /** The next bytes are these, written as hex digits, with or without spaces between them. */
    public TestPeer expectHex(String hex) {
        return expect(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** The next bytes are this text in UTF-8. */
    public TestPeer expectText(String text) {
        return expect(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing more comes but EOF: an orderly close; a reset is none. */
    public TestPeer expectEof() {
        byte[] more = new byte[1];
        if (fill(more) != 0) {
            throw new AssertionError("expected EOF, but got " + hex(more));
        }
        return this;
    }

    /** Everything up to EOF. */
    public byte[] readAll() {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Closes the sending side; what the other side still sends can be read. */
    public TestPeer shutdownOutput() {
        return checked(socket::shutdownOutput);
    }

    /** Closes with a reset (RST), as a peer does that crashes. */
    public void reset() {
        checked(() -> socket.setSoLinger(true, 0));
        close();
    }

    @Override
    public void close() {
        checked(socket::close);
    }

    private int fill(byte[] into) {
        try {
            return socket.getInputStream().readNBytes(into, 0, into.length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private TestPeer checked(Action action) {
        try {
            action.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AssertionError failure(IOException e) {
        String what =
                e instanceof SocketTimeoutException ? "nothing came in " + TIMEOUT.toSeconds() + " s" : e.getMessage();
        return new AssertionError("expected bytes or EOF, but: " + what, e);
    }

    private static String eof(int have, byte[] expected) {
        return have < expected.length ? " and EOF" : "";
    }

    private static String hex(byte[] bytes) {
        return bytes.length == 0 ? "nothing" : HexFormat.of().formatHex(bytes);
    }

    private interface Action {
        void run() throws IOException;
    }
}
