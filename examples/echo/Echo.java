package echo;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.ListenException;
import dev.gatehouse.net.Server;

/** Gives back every line: [--listen HOST:PORT]. */
class Echo {
    public static void main(String[] arguments) throws InterruptedException {
        String address = arguments.length == 2 ? arguments[1] : "127.0.0.1:6379";
        try (Server server = Server.builder(address, Framing.lines(64 * 1024))
                .handler((connection, line) -> connection.send(line))
                .start()) {
            server.serveUntilSignal(() -> System.out.println("listening on " + Address.format(server.localAddress())));
        } catch (ListenException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
