import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.backend.ServiceStartException;

/** Answers each packet with its payload, under the next opcode: [--listen HOST:PORT]. */
class GameService {
    public static void main(String[] arguments) throws InterruptedException {
        try (ServiceNode node = ServiceNode.builder("game")
                .listen(arguments.length == 2 ? arguments[1] : "127.0.0.1:7001")
                .handler((user, opcode, payload) -> user.push(opcode + 1, payload))
                .start()) {
            System.out.println("listening on " + node.address().getHostString() + ":"
                    + node.address().getPort());
            node.awaitStopped();
        } catch (ServiceStartException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
