package heartbeat;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.ConnectException;
import dev.gatehouse.net.ListenException;
import dev.gatehouse.net.Signals;
import dev.gatehouse.net.Ticker;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: examples/run heartbeat. */
@Command(
        name = "examples/run heartbeat",
        description = "A master that watches nodes, and nodes that watch their master.",
        mixinStandardHelpOptions = true,
        subcommandsRepeatable = false)
final class Heartbeat {
    private static final Consumer<String> OUTPUT = System.out::println;

    @Command(
            description = "Waits for nodes, and pings each of them; after 3 misses in a row it is lost.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    int master(
            @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:7938") String address,
            @Option(names = "--interval", paramLabel = "TIME", defaultValue = "3s", description = "between two pings")
                    Duration interval)
            throws InterruptedException {
        Signals signals = Signals.install();
        try (Master master = new Master(address, interval, OUTPUT)) {
            master.start();
            OUTPUT.accept("listening on " + Address.format(master.localAddress()));
            signals.awaitStop();
            return 0;
        } catch (ListenException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    @Command(
            description =
                    "Registers with a master, then answers its pings; without a ping for some time the master is lost.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    int node(
            @Option(names = "--master", paramLabel = "HOST:PORT", required = true) String master,
            @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:7939") String address,
            @Option(names = "--name", paramLabel = "NAME", defaultValue = "node") String name,
            @Option(
                            names = "--master-timeout",
                            paramLabel = "TIME",
                            defaultValue = "10s",
                            description = "without a ping, after which the master is lost")
                    Duration masterTimeout)
            throws InterruptedException {
        Signals signals = Signals.install();
        try (Node node = new Node(name, master, address, masterTimeout, Ticker.system(), OUTPUT)) {
            node.start();
            OUTPUT.accept("listening on " + address);
            signals.awaitStop();
            return 0;
        } catch (ConnectException | ListenException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Heartbeat())
                .registerConverter(Duration.class, text -> Duration.parse("PT" + text))
                .execute(arguments));
    }
}
