package dev.gatehouse.gateway;

import com.sun.management.ThreadMXBean;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.ring.Member;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The program that counts: a gateway of one event loop and a node of the SDK behind it, and 50 clients with 32 packets in flight each.
 * It lets a million packets pass until everything is compiled, and then counts what the gateway's event loop allocates over another
 * million; the least of three such counts is what a packet really allocates.
 */
final class AllocationRun {
    static final String RESULT = "bytes of a million packets: ";
    static final int PACKETS = 1_000_000;
    private static final int CLIENTS = 50;
    private static final int IN_FLIGHT = 32;
    private static final int EXCHANGES = PACKETS / CLIENTS / IN_FLIGHT;
    private static final int COUNTS = 3;
    private static final int PAYLOAD_BYTES = 64;
    private static final int FRAME_BYTES = 2 + 4 + 2 + PAYLOAD_BYTES;
    private static final int ANSWER_BYTES = 2 + 2 + PAYLOAD_BYTES;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ExecutorService clientThreads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Client> clients = new ArrayList<>();

    private AllocationRun(InetSocketAddress gateway) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(gateway, i));
        }
    }

    /** Prints the bytes of a million packets; takes the contract. */
    @SuppressWarnings("SystemOut") // What is printed is what the process that started this one reads.
    public static void main(String[] arguments) {
        try {
            System.out.println(RESULT + bytes(Contract.valueOf(arguments[0])));
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace(System.out);
            System.exit(1);
        }
    }

    private static long bytes(Contract contract) throws Exception {
        ServiceNode node = ServiceNode.builder("game")
                .eventLoops(1)
                .handler((user, opcode, payload) -> user.push(opcode + 1, payload))
                .start();
        ServiceConfig service = ServiceConfig.plain(
                        "game",
                        List.of(Member.of("game1", "127.0.0.1", node.address().getPort())))
                .withContract(contract);
        Gateway gateway = Gateway.builder(GatewayConfig.builder()
                        .listen("127.0.0.1:0")
                        .noRateLimit()
                        // On a busy machine clients wait for each other.
                        .idleTimeout(Duration.ZERO)
                        .stallTimeout(Duration.ofMinutes(10))
                        .writeTimeout(Duration.ofMinutes(10))
                        .services(Map.of("game", service))
                        .routes(List.of(RouteConfig.of("game", 1001, 1999, "game")))
                        .build())
                .eventLoops(EventLoops.builder().threads(1).build())
                .start();
        AllocationRun run = new AllocationRun(gateway.localAddress());
        run.exchange();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COUNTS; i++) {
            long before = allocated();
            run.exchange();
            least = Math.min(least, allocated() - before);
        }
        return least;
    }

    private void exchange() throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Client client : clients) {
            tasks.add(() -> {
                for (int i = 0; i < EXCHANGES; i++) {
                    client.exchange();
                }
                return null;
            });
        }
        for (Future<Void> done : clientThreads.invokeAll(tasks)) {
            done.get();
        }
    }

    /** What the gateway's event loop has allocated so far. */
    private static long allocated() {
        long[] loops = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().startsWith("gatehouse"))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        if (loops.length == 0) {
            throw new IllegalStateException("no event loop of the gateway was found");
        }
        return Arrays.stream(THREADS.getThreadAllocatedBytes(loops)).sum();
    }

    private static final class Client {
        private final Socket socket;
        private final DataInputStream in;
        private final ByteBuf frames = Unpooled.buffer(IN_FLIGHT * FRAME_BYTES);
        private final byte[] answers = new byte[IN_FLIGHT * ANSWER_BYTES];
        private int sequence;

        Client(InetSocketAddress gateway, int number) throws IOException {
            socket = new Socket(gateway.getAddress(), gateway.getPort());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            ByteBuf login = Unpooled.buffer().writeShort(0).writeInt(++sequence).writeShort(10);
            dev.gatehouse.protocol.LoginRequest.of("counted-" + number).write(login);
            login.setShort(0, login.readableBytes() - 2);
            socket.getOutputStream().write(login.array(), 0, login.readableBytes());
            in.readFully(new byte[2 + 2 + 4]);
        }

        /** Sends what may be in flight at once, and waits for all the answers. */
        void exchange() throws IOException {
            frames.clear();
            for (int i = 0; i < IN_FLIGHT; i++) {
                frames.writeShort(FRAME_BYTES - 2).writeInt(++sequence).writeShort(1001);
                frames.writeInt(i).writeZero(PAYLOAD_BYTES - 4);
            }
            socket.getOutputStream().write(frames.array(), 0, frames.readableBytes());
            in.readFully(answers);
            ByteBuf read = Unpooled.wrappedBuffer(answers);
            for (int i = 0; i < IN_FLIGHT; i++) {
                int at = i * ANSWER_BYTES;
                if (read.getShort(at + 2) != 1002 || read.getInt(at + 4) != i) {
                    throw new IOException("a wrong answer");
                }
            }
        }
    }
}
