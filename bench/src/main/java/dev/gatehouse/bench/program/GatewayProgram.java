package dev.gatehouse.bench.program;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.ring.Member;
import java.util.List;
import java.util.Map;

/** Our gateway, on one event loop, with one service behind it. */
public final class GatewayProgram {
    private GatewayProgram() {}

    /** Argument: the port of {@link EchoNode}. */
    public static void main(String[] arguments) throws InterruptedException {
        int service = Integer.parseInt(arguments[0]);
        Gateway gateway = Gateway.builder(GatewayConfig.builder()
                        .listen("127.0.0.1:0")
                        .noRateLimit()
                        .services(Map.of(
                                "game", ServiceConfig.plain("game", List.of(Member.of("game1", "127.0.0.1", service)))))
                        .routes(List.of(RouteConfig.of("game", 1001, 1999, "game")))
                        .build())
                .eventLoops(NetEcho.loops("best", "1"))
                .start();
        while (!gateway.ready()) {
            Thread.sleep(10);
        }
        Ready.at(gateway.localAddress());
        Thread.currentThread().join();
    }
}
