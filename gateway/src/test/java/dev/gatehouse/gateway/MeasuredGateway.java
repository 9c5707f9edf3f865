package dev.gatehouse.gateway;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.allocation.MeasuredClient;
import dev.gatehouse.net.allocation.MeasuredServer;
import dev.gatehouse.ring.Member;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A gateway of one event loop and a node of the SDK behind it, on the contract that its argument names. */
final class MeasuredGateway implements MeasuredServer {
    @Override
    public InetSocketAddress start(List<String> arguments) {
        ServiceNode node = ServiceNode.builder("game")
                .eventLoops(1)
                .handler((user, opcode, payload) -> user.push(opcode + 1, payload))
                .start();
        ServiceConfig service = ServiceConfig.plain(
                        "game",
                        List.of(Member.of("game1", "127.0.0.1", node.address().getPort())))
                .withContract(Contract.valueOf(arguments.getFirst()));
        return Gateway.builder(GatewayConfig.builder()
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
                .start()
                .localAddress();
    }

    @Override
    public MeasuredClient connect(InetSocketAddress address, int number) throws IOException {
        return new MeasuredSession(address, number);
    }
}
