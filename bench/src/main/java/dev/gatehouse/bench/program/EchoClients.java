package dev.gatehouse.bench.program;

import dev.gatehouse.bench.Wire;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Closed-loop clients on one thread: each keeps so many frames in flight and sends the next for each answer. Every answer's size and
 * last byte are checked.
 */
final class EchoClients implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Wire wire;
    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private int payloadBytes;
    private long answers;
    private long open;

    EchoClients(Wire wire, int port, int clients) throws IOException {
        this.wire = wire;
        for (int i = 0; i < clients; i++) {
            this.clients.add(new Client(port, i));
        }
    }

    /** Runs for a time and gives the number of answers. Nothing is in flight afterwards. */
    long run(int payloadBytes, int inFlight, long nanos) throws IOException {
        this.payloadBytes = payloadBytes;
        answers = 0;
        long now = System.nanoTime();
        long end = now + nanos;
        for (Client client : clients) {
            client.send(inFlight);
        }
        long heard = now;
        while (open > 0) {
            boolean goOn = now < end;
            long before = answers;
            selector.select(key -> turn(key, goOn), 100);
            now = System.nanoTime();
            if (answers > before) {
                heard = now;
            } else if (now - heard > SILENCE_NANOS) {
                throw new IllegalStateException("no answer for 10 s");
            }
        }
        return answers;
    }

    private void turn(SelectionKey key, boolean goOn) {
        Client client = (Client) key.attachment();
        try {
            int got = client.receive();
            if (goOn && got > 0) {
                client.send(got);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }

    private final class Client {
        private static final byte[] NOTHING = {};

        private final SocketChannel channel;
        private byte[] rest = NOTHING;
        private int sequence;

        Client(int port, int number) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (wire == Wire.GATEWAY) {
                login(number);
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        private void login(int number) throws IOException {
            ByteBuf frame = Unpooled.buffer();
            frame.writeShort(0).writeInt(++sequence).writeShort(Gonet2.USER_LOGIN_REQ);
            LoginRequest.of("bench-" + number).write(frame);
            frame.setShort(0, frame.readableBytes() - 2);
            channel.write(ByteBuffer.wrap(ByteBufUtil.getBytes(frame)));
            ByteBuffer ack = ByteBuffer.allocate(8);
            while (ack.hasRemaining() && channel.read(ack) >= 0) {}
            if (ack.getShort(2) != Gonet2.USER_LOGIN_SUCCEED_ACK) {
                throw new IllegalStateException("login answered with opcode " + ack.getShort(2));
            }
        }

        void send(int frames) throws IOException {
            out.clear();
            for (int i = 0; i < frames; i++) {
                switch (wire) {
                    case LENGTH -> out.putShort((short) payloadBytes);
                    case LINES -> {}
                    case GATEWAY ->
                        out.putShort((short) (6 + payloadBytes))
                                .putInt(++sequence)
                                .putShort((short) 1001);
                }
                out.position(out.position() + payloadBytes - 1).put((byte) 7);
                if (wire == Wire.LINES) {
                    out.put((byte) '\n');
                }
            }
            out.flip();
            open += frames;
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** How many answers came. */
        int receive() throws IOException {
            in.clear().put(rest);
            if (channel.read(in) < 0) {
                throw new IllegalStateException("the server closed the connection");
            }
            in.flip();
            int before = wire == Wire.LINES ? 0 : 2;
            int size = wire == Wire.GATEWAY ? 2 + payloadBytes : payloadBytes;
            int total = size + (wire == Wire.LINES ? 1 : before);
            int frames = 0;
            while (in.remaining() >= total) {
                int start = in.position();
                boolean framed = wire == Wire.LINES
                        ? in.get(start + size) == '\n'
                        : Short.toUnsignedInt(in.getShort(start)) == size;
                if (!framed || in.get(start + before + size - 1) != 7) {
                    throw new IllegalStateException("a wrong answer");
                }
                in.position(start + total);
                frames++;
            }
            rest = in.hasRemaining() ? new byte[in.remaining()] : NOTHING;
            in.get(rest);
            open -= frames;
            answers += frames;
            return frames;
        }
    }
}
