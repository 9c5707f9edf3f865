package dev.gatehouse.gateway;

import dev.gatehouse.protocol.ErrorAck;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.KeyExchange;
import dev.gatehouse.protocol.KeySeeds;
import dev.gatehouse.protocol.LoginAck;
import dev.gatehouse.protocol.LoginFault;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** A client on a plain blocking socket, that can send whatever a test wants, right or wrong. */
final class RawClient implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private int sequence;
    private Optional<KeyExchange.Ciphers> ciphers = Optional.empty();

    RawClient(InetSocketAddress address) {
        this(address, 0);
    }

    /** One whose kernel keeps so few bytes that the test doesn't read, or the gateway. */
    RawClient(InetSocketAddress address, int bufferBytes) {
        this(new Socket(), address, bufferBytes);
    }

    RawClient(Socket socket, InetSocketAddress address, int bufferBytes) {
        this.socket = socket;
        try {
            if (bufferBytes > 0) {
                socket.setReceiveBufferSize(bufferBytes);
                socket.setSendBufferSize(bufferBytes);
            }
            socket.connect(address);
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A packet from the gateway. Tests look at its parts and never compare packets. */
    @SuppressWarnings("ArrayRecordComponent")
    record Packet(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        ErrorAck error() {
            return ErrorAck.read(Unpooled.wrappedBuffer(payload));
        }

        LoginFault fault() {
            return LoginFault.read(Unpooled.wrappedBuffer(payload));
        }
    }

    RawClient raw(String hex) {
        return raw(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    RawClient raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a packet with a sequence number of the test's. */
    RawClient packet(int sequenceNumber, int opcode, byte[] payload) {
        return raw(frame(sequenceNumber, opcode, payload));
    }

    /** The bytes of a packet, encrypted if that is on. */
    byte[] frame(int sequenceNumber, int opcode, byte[] payload) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeShort(6 + payload.length)
                .writeInt(sequenceNumber)
                .writeShort(opcode)
                .writeBytes(payload);
        ciphers.ifPresent(c -> c.outbound().apply(frame, 2, frame.readableBytes() - 2));
        return ByteBufUtil.getBytes(frame);
    }

    /** The bytes of the next packet, which the test sends itself. */
    byte[] nextFrame(int opcode, byte[] payload) {
        return frame(++sequence, opcode, payload);
    }

    /** Turns the legacy encryption on. */
    RawClient encrypt() {
        KeyExchange.Offer offer = KeyExchange.offer(new Random(7));
        Packet ack = send(Gonet2.GET_SEED_REQ, offer.seeds()::write).receive();
        ciphers = Optional.of(offer.complete(KeySeeds.read(Unpooled.wrappedBuffer(ack.payload()))));
        return this;
    }

    /** Ends the sending side. */
    RawClient endSending() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a packet with the right sequence number. */
    RawClient send(int opcode, byte[] payload) {
        return packet(++sequence, opcode, payload);
    }

    RawClient send(int opcode, String payload) {
        return send(opcode, payload.getBytes(StandardCharsets.UTF_8));
    }

    RawClient send(int opcode, Consumer<ByteBuf> payload) {
        ByteBuf buffer = Unpooled.buffer();
        payload.accept(buffer);
        return send(opcode, ByteBufUtil.getBytes(buffer));
    }

    RawClient sendLogin(String udid) {
        return sendLogin(LoginRequest.of(udid));
    }

    RawClient sendLogin(LoginRequest request) {
        return send(Gonet2.USER_LOGIN_REQ, request::write);
    }

    /** Logs in and gives the user's number. */
    int login(String udid) {
        sendLogin(udid);
        Packet ack = receive();
        if (ack.opcode() != Gonet2.USER_LOGIN_SUCCEED_ACK) {
            throw new AssertionError("login answered with opcode " + ack.opcode()
                    + (ack.opcode() == Gonet2.USER_LOGIN_FAILD_ACK ? " " + ack.fault() : ""));
        }
        return LoginAck.read(Unpooled.wrappedBuffer(ack.payload())).uid();
    }

    Packet receive() {
        try {
            int size = in.readUnsignedShort();
            ByteBuf packet = Unpooled.wrappedBuffer(in.readNBytes(size));
            ciphers.ifPresent(c -> c.inbound().apply(packet, 0, size));
            return new Packet(packet.readShort(), ByteBufUtil.getBytes(packet));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until opcode 13 comes, then EOF, and gives the code. */
    int receiveEnd() {
        Packet packet = receive();
        while (packet.opcode() != Gonet2.CLIENT_ERROR_ACK) {
            packet = receive();
        }
        if (!closedInOrder()) {
            throw new AssertionError("no EOF after opcode 13");
        }
        return packet.error().code();
    }

    /** Reads all that comes; whether it ended with EOF, not with a reset. */
    boolean drained() {
        try {
            in.readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the gateway closes in order: EOF, not a reset. */
    boolean closedInOrder() {
        try {
            return in.read() == -1;
        } catch (EOFException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Socket socket() {
        return socket;
    }

    /** Closes while the test goes on. */
    void disconnect() {
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
