package json;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.ListenException;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.message.Codec;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Calculates: each line is a request in JSON, and each gets a line as its reply.
 *
 * <pre>
 *   {"type":"Divide","a":1,"b":4}   {"type":"Result","value":0.25}
 *   {"type":"Divide","a":1,"b":0}   {"type":"Refused","why":"there is no division by 0"}
 * </pre>
 */
@Command(
        name = "examples/run json",
        description = "A calculator: JSON request and reply, a line each.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class Calculator implements Callable<Integer> {
    private static final int LINE_BYTES_MAX = 64 * 1024;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "where to listen")
    private String address = "127.0.0.1:7002";

    sealed interface Request {}

    record Add(double a, double b) implements Request {}

    record Divide(double a, double b) implements Request {}

    sealed interface Reply {}

    record Result(double value) implements Reply {}

    record Refused(String why) implements Reply {}

    static Reply answer(Request request) {
        return switch (request) {
            case Add add -> new Result(add.a() + add.b());
            case Divide divide when divide.b() == 0 -> new Refused("there is no division by 0");
            case Divide divide -> new Result(divide.a() / divide.b());
        };
    }

    static Server start(String address) {
        return Server.builder(address, Framing.lines(LINE_BYTES_MAX))
                .handler(Codec.json(Request.class, Reply.class)
                        .handler((connection, request) -> connection.send(answer(request))))
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
        System.exit(new CommandLine(new Calculator()).execute(arguments));
    }
}
