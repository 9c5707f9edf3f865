package kv;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.ListenException;
import dev.gatehouse.net.Ticker;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: examples/run kv. */
@Command(
        name = "examples/run kv",
        description = "A key-value server that speaks the Redis protocol.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class Main implements Callable<Integer> {
    private static final KeyValueOptions DEFAULTS = KeyValueOptions.defaults();

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "where to listen")
    private String address = "127.0.0.1:6379";

    @Option(names = "--databases", paramLabel = "N", description = "how many databases there are")
    private int databases = DEFAULTS.databases();

    @Option(names = "--connections-max", paramLabel = "N", description = "how many clients there may be")
    private int connectionsMax = DEFAULTS.connectionsMax();

    @Option(names = "--memory-max", paramLabel = "BYTES", description = "what keys and values may take, about")
    private long memoryBytesMax = DEFAULTS.memoryBytesMax();

    @Option(names = "--request-max", paramLabel = "BYTES", description = "how large a request may be")
    private int requestBytesMax = DEFAULTS.limits().requestBytesMax();

    @Option(names = "--bulk-max", paramLabel = "BYTES", description = "how large an argument may be")
    private int bulkBytesMax = DEFAULTS.limits().bulkBytesMax();

    @Option(names = "--arguments-max", paramLabel = "N", description = "how many arguments a request may have")
    private int argumentsMax = DEFAULTS.limits().argumentsMax();

    @Option(
            names = "--inline-max",
            paramLabel = "BYTES",
            description = "how long a request that is a plain line may be")
    private int inlineBytesMax = DEFAULTS.limits().inlineBytesMax();

    @Option(
            names = "--sweep-max",
            paramLabel = "N",
            description = "expiring keys that are looked at, ten times a second")
    private int sweepEntriesMax = DEFAULTS.sweepEntriesMax();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        try (KeyValueServer server = new KeyValueServer(address, options())) {
            server.serveUntilSignal(() -> System.out.println("listening on " + Address.format(server.localAddress())));
            return 0;
        } catch (ListenException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private KeyValueOptions options() {
        return new KeyValueOptions(
                new RequestLimits(requestBytesMax, bulkBytesMax, argumentsMax, inlineBytesMax),
                databases,
                connectionsMax,
                memoryBytesMax,
                sweepEntriesMax,
                Ticker.system());
    }
}
