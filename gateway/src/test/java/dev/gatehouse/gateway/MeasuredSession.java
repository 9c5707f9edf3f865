package dev.gatehouse.gateway;

import dev.gatehouse.net.allocation.AllocationRun;
import dev.gatehouse.net.allocation.MeasuredClient;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client of a {@link MeasuredGateway}: packets of 64 bytes, numbered, and their answers in order. */
final class MeasuredSession implements MeasuredClient {
    private static final int PAYLOAD_BYTES = 64;
    private static final int PACKET_BYTES = 2 + 4 + 2 + PAYLOAD_BYTES;
    private static final int ANSWER_BYTES = 2 + 2 + PAYLOAD_BYTES;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteBuf packets = Unpooled.buffer(AllocationRun.IN_FLIGHT * PACKET_BYTES);
    private final byte[] answers = new byte[AllocationRun.IN_FLIGHT * ANSWER_BYTES];
    private int sequence;

    MeasuredSession(InetSocketAddress gateway, int number) throws IOException {
        socket = new Socket(gateway.getAddress(), gateway.getPort());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        ByteBuf login = Unpooled.buffer().writeShort(0).writeInt(++sequence).writeShort(Gonet2.USER_LOGIN_REQ);
        LoginRequest.of("counted-" + number).write(login);
        login.setShort(0, login.readableBytes() - 2);
        socket.getOutputStream().write(login.array(), 0, login.readableBytes());
        in.readFully(new byte[2 + 2 + 4]);
    }

    @Override
    public void exchange() throws IOException {
        packets.clear();
        for (int i = 0; i < AllocationRun.IN_FLIGHT; i++) {
            packets.writeShort(PACKET_BYTES - 2).writeInt(++sequence).writeShort(1001);
            packets.writeInt(i).writeZero(PAYLOAD_BYTES - 4);
        }
        socket.getOutputStream().write(packets.array(), 0, packets.readableBytes());
        in.readFully(answers);
        ByteBuf read = Unpooled.wrappedBuffer(answers);
        for (int i = 0; i < AllocationRun.IN_FLIGHT; i++) {
            int at = i * ANSWER_BYTES;
            if (read.getShort(at + 2) != 1002 || read.getInt(at + 4) != i) {
                throw new IOException("a wrong answer");
            }
        }
    }
}
