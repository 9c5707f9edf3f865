package echo;

import dev.gatehouse.net.Framing;
import dev.gatehouse.net.ListenException;
import dev.gatehouse.net.Server;

/** Gives back every line. */
class Echo {
    public static void main(String[] arguments) throws InterruptedException {
        String address = arguments.length > 0 ? arguments[0] : "127.0.0.1:6379";
        try (Server server = Server.builder(address, Framing.lines(64 * 1024))
                .handler((connection, line) -> connection.send(line))
                .start()) {
            System.out.println("listening on " + server.localAddress());
            server.serveUntilSignal();
        } catch (ListenException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
