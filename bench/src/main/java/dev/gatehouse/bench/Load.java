package dev.gatehouse.bench;

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

/**
 * Closed-loop clients on one thread: each keeps so many frames in flight and sends the next for each answer. Every answer's size and
 * last byte are checked.
 */
final class Load implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final boolean gateway;
    private final int payloadBytes;
    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long answers;

    Load(int port, boolean gateway, int clients, int payloadBytes) throws IOException {
        this.gateway = gateway;
        this.payloadBytes = payloadBytes;
        for (int i = 0; i < clients; i++) {
            this.clients.add(new Client(port, i));
        }
    }

    /** Runs for a time and gives the number of answers. Nothing is in flight afterwards. */
    long run(int inFlight, long nanos) throws IOException {
        answers = 0;
        for (Client client : clients) {
            client.send(inFlight);
        }
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            turn(true);
        }
        while (clients.stream().anyMatch(c -> c.inFlight > 0)) {
            turn(false);
        }
        return answers;
    }

    private void turn(boolean goOn) throws IOException {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
            Client client = (Client) key.attachment();
            int got = client.receive();
            if (goOn && got > 0) {
                client.send(got);
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }

    private final class Client {
        private final SocketChannel channel;
        private final byte[] rest = new byte[1 << 17];
        private int restLength;
        private int sequence;
        private int inFlight;

        Client(int port, int number) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (gateway) {
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
                if (gateway) {
                    out.putShort((short) (6 + payloadBytes)).putInt(++sequence).putShort((short) 1001);
                } else {
                    out.putShort((short) payloadBytes);
                }
                out.position(out.position() + payloadBytes - 1).put((byte) 7);
            }
            out.flip();
            inFlight += frames;
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** How many answers came. */
        int receive() throws IOException {
            in.clear().put(rest, 0, restLength);
            if (channel.read(in) < 0) {
                throw new IllegalStateException("the server closed the connection");
            }
            in.flip();
            int size = gateway ? 2 + payloadBytes : payloadBytes;
            int frames = 0;
            while (in.remaining() >= 2 + size) {
                int start = in.position();
                if (Short.toUnsignedInt(in.getShort(start)) != size || in.get(start + 1 + size) != 7) {
                    throw new IllegalStateException("a wrong answer");
                }
                in.position(start + 2 + size);
                frames++;
            }
            restLength = in.remaining();
            in.get(rest, 0, restLength);
            inFlight -= frames;
            answers += frames;
            return frames;
        }
    }
}
