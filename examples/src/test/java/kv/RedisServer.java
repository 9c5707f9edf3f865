package kv;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import tools.Tools;

/** The real one, on a free port. */
final class RedisServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final InetSocketAddress address;

    private RedisServer(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one that writes nothing to disk; skips the test where it isn't installed. */
    static RedisServer start(Path folder) throws IOException {
        Tools.need("redis-server", "apt-get install redis-server");
        int port = Tools.freePort();
        Process process = new ProcessBuilder(
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        RedisServer server = new RedisServer(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        await("redis-server listens").atMost(START).until(server::answers);
        return server;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            return true;
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new UncheckedIOException("redis-server ended with " + process.exitValue(), e);
            }
            return false;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
