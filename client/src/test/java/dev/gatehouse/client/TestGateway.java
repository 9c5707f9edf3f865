package dev.gatehouse.client;

import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.protocol.ErrorAck;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.Gonet2Codec;
import dev.gatehouse.protocol.Heartbeat;
import dev.gatehouse.protocol.KeyExchange;
import dev.gatehouse.protocol.KeySeeds;
import dev.gatehouse.protocol.LoginAck;
import dev.gatehouse.protocol.LoginFault;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContext;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A gateway of a few lines. It logs everybody in but {@code refused}; opcode 1001 is answered with 1002 and the same payload;
 * 1003 ends the session with KICKED; 1005 closes without a word; 1007 is answered with as many packets 1008 as its s32 says;
 * 1009 with a packet that is too short to be one.
 */
final class TestGateway implements AutoCloseable {
    static final int UID = 7;
    /** So that the kernel can't take all that a test sends to a client that doesn't read. */
    private static final int SEND_BUFFER_BYTES = 64 << 10;

    final Server server;
    final AtomicInteger heartbeats = new AtomicInteger();
    final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final EventLoops loops = EventLoops.builder().threads(1).build();

    TestGateway() {
        this(Optional.empty());
    }

    TestGateway(Optional<SslContext> tls) {
        Server.Builder builder = Server.builder("127.0.0.1:0", Framing.lengthPrefixed(2, 0xFFFF))
                .eventLoops(loops)
                .options(ConnectionOptions.builder()
                        .sendBufferBytes(SEND_BUFFER_BYTES)
                        .build())
                .handlers(Session::new);
        tls.ifPresent(builder::tls);
        server = builder.start();
    }

    String address() {
        return "localhost:" + server.localAddress().getPort();
    }

    @Override
    public void close() {
        server.close();
        loops.close();
    }

    final class Session implements ConnectionHandler {
        final Connection connection;
        final List<byte[]> received = new CopyOnWriteArrayList<>();
        private final Gonet2Codec codec = Gonet2.INSTANCE.gatewaySide();

        private Session(Connection connection) {
            this.connection = connection;
            sessions.add(this);
        }

        @Override
        public void message(Connection c, ByteBuf frame) {
            received.add(ByteBufUtil.getBytes(frame));
            codec.open(frame);
            int opcode = frame.readShort();
            switch (opcode) {
                case Gonet2.HEART_BEAT_REQ -> {
                    heartbeats.incrementAndGet();
                    send(Gonet2.HEART_BEAT_ACK, Heartbeat.read(frame)::write);
                }
                case Gonet2.USER_LOGIN_REQ -> login(LoginRequest.read(frame));
                case Gonet2.GET_SEED_REQ -> exchange(KeySeeds.read(frame));
                case 1001 -> send(1002, out -> out.writeBytes(frame));
                case 1003 -> {
                    send(Gonet2.CLIENT_ERROR_ACK, new ErrorAck(12, "bye")::write);
                    connection.close();
                }
                case 1007 -> {
                    int count = frame.readInt();
                    for (int i = 0; i < count; i++) {
                        int number = i;
                        send(1008, out -> out.writeInt(number));
                    }
                }
                case 1009 -> connection.send(new byte[1]);
                default -> connection.close();
            }
        }

        private void login(LoginRequest request) {
            switch (request.openUdid()) {
                case "refused" -> {
                    send(Gonet2.USER_LOGIN_FAILD_ACK, new LoginFault(1, "not you")::write);
                    connection.close();
                }
                case "closed" -> connection.close();
                default -> send(Gonet2.USER_LOGIN_SUCCEED_ACK, new LoginAck(UID)::write);
            }
        }

        private void exchange(KeySeeds theirs) {
            KeyExchange.Answer answer = KeyExchange.answer(theirs, new SecureRandom());
            send(Gonet2.GET_SEED_ACK, answer.ours()::write);
            codec.encrypt(answer.inbound(), answer.outbound());
        }

        private void send(int opcode, Consumer<ByteBuf> fields) {
            ByteBuf packet = Unpooled.buffer();
            codec.begin(packet);
            packet.writeShort(opcode);
            fields.accept(packet);
            codec.seal(packet, 0);
            connection.send(packet);
        }
    }
}
