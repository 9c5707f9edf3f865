package chat;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.ListenException;
import dev.gatehouse.net.QueuePolicy;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.message.Codec;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A chat room for whoever has telnet or netcat. */
@Command(
        name = "examples/run chat",
        description = "A chat room: who connects says a name first, then talks.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ChatServer implements Callable<Integer> {
    private static final int LINE_BYTES_MAX = 1024;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "where to listen")
    private String address = "127.0.0.1:7003";

    static Server start(String address) {
        // Who doesn't say a name, or doesn't read, must not stay for ever; nor may one machine fill the room.
        ConnectionOptions options = ConnectionOptions.builder()
                .firstMessageTimeout(Duration.ofMinutes(1))
                .idleTimeout(Duration.ofHours(1))
                .queueBytesMax(256 * 1024)
                .queuePolicy(QueuePolicy.CLOSE)
                .build();
        return Server.builder(address, Framing.lines(LINE_BYTES_MAX))
                .handler(Codec.text().handler(new ChatRoom()))
                .options(options)
                .connectionsMax(1000)
                .connectionsPerAddressMax(100)
                .start();
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Server server = start(address)) {
            server.serveUntilSignal(() -> System.out.println("listening on " + Address.format(server.localAddress())));
            return 0;
        } catch (ListenException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ChatServer()).execute(arguments));
    }
}
