package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Transport;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program that {@code bench/run} compares gives back what it was sent, whatever the pieces in which it comes. */
class PeersTest {
    private static final int[] PAYLOADS = {1, 64, 4096, 20_000, 3};
    private static final List<String> FLAGS = List.of("-Xmx64m", "-XX:TieredStopAtLevel=1");
    private static final Map<Contestant, Future<Server>> STARTED = new HashMap<>();

    @BeforeAll
    static void startAll() {
        Needs.pinnedProcesses();
        Needs.met(Transport.IO_URING.available(), "a kernel with io_uring");
        Needs.met(
                Files.exists(Path.of("peers/grpc/target/class-path")),
                "the peers, built by mvn process-classes -f bench/peers");
        // All at once, so that they take every processor and not one.
        try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
            servers()
                    .forEach(contestant ->
                            STARTED.put(contestant, starters.submit(() -> Server.start(contestant, Pin.BOTH, FLAGS))));
        }
    }

    @AfterAll
    static void stopAll() {
        STARTED.values().stream()
                .filter(started -> started.state() == Future.State.SUCCESS)
                .forEach(started -> started.resultNow().close());
    }

    static Stream<Contestant> servers() {
        return Stream.of(
                        Contestants.echoes(Wire.LENGTH).stream(),
                        Contestants.echoes(Wire.LINES).stream(),
                        Contestants.styles().stream(),
                        Contestants.gateways().stream().filter(contestant -> contestant.wire() == Wire.LENGTH))
                .flatMap(contestants -> contestants)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void givesBackWhatItWasSent(Contestant contestant) throws Exception {
        byte[] sent = frames(contestant.wire());
        try (Server server = Objects.requireNonNull(STARTED.get(contestant)).get();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            // A byte alone, a length in two, the middle of a payload, and many frames at once.
            int from = 0;
            for (int to : new int[] {1, 2, 5, 80, sent.length}) {
                out.write(sent, from, to - from);
                out.flush();
                from = to;
            }
            assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        }
    }

    private static byte[] frames(Wire wire) {
        Random random = new Random(7);
        List<byte[]> payloads = new ArrayList<>();
        for (int size : PAYLOADS) {
            byte[] payload = new byte[size];
            random.nextBytes(payload);
            for (int i = 0; i < size; i++) {
                payload[i] = payload[i] == '\n' || payload[i] == '\r' ? 0 : payload[i];
            }
            payloads.add(payload);
        }
        ByteBuffer frames = ByteBuffer.allocate(1 << 16);
        for (byte[] payload : payloads) {
            if (wire == Wire.LENGTH) {
                frames.putShort((short) payload.length).put(payload);
            } else {
                frames.put(payload).put((byte) '\n');
            }
        }
        byte[] bytes = new byte[frames.flip().remaining()];
        frames.get(bytes);
        return bytes;
    }
}
