package dev.gatehouse.gateway;

import dev.gatehouse.protocol.ErrorAck;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginAck;
import dev.gatehouse.protocol.LoginFault;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.function.Consumer;

/** A client on a plain blocking socket, that can send whatever a test wants, right or wrong. */
final class RawClient implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private int sequence;

    RawClient(InetSocketAddress address) {
        try {
            socket = new Socket(address.getAddress(), address.getPort());
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A packet from the gateway. Tests look at its parts and never compare packets. */
    @SuppressWarnings("ArrayRecordComponent")
    record Packet(int opcode, byte[] payload) {
        String text() {
            return new String(payload, java.nio.charset.StandardCharsets.UTF_8);
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
        ByteBuf frame = Unpooled.buffer();
        frame.writeShort(6 + payload.length)
                .writeInt(sequenceNumber)
                .writeShort(opcode)
                .writeBytes(payload);
        return raw(ByteBufUtil.getBytes(frame));
    }

    /** Sends a packet with the right sequence number. */
    RawClient send(int opcode, byte[] payload) {
        return packet(++sequence, opcode, payload);
    }

    RawClient send(int opcode, String payload) {
        return send(opcode, payload.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    RawClient send(int opcode, Consumer<ByteBuf> payload) {
        ByteBuf buffer = Unpooled.buffer();
        payload.accept(buffer);
        return send(opcode, ByteBufUtil.getBytes(buffer));
    }

    RawClient sendLogin(String udid) {
        return send(Gonet2.USER_LOGIN_REQ, LoginRequest.of(udid)::write);
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
            int opcode = in.readShort();
            return new Packet(opcode, in.readNBytes(size - 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
