package dev.gatehouse.bench.program;

import dev.gatehouse.bench.Wire;
import dev.gatehouse.gateway.Contract;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.ring.Member;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Our gateway, on one event loop, with one service behind it. */
public final class GatewayProgram {
    private GatewayProgram() {}

    /** Arguments: the contract; {@code gateway}, {@code gateway_legacy} or {@code gateway_tls}; the port of {@link EchoNode}. */
    public static void main(String[] arguments) throws Exception {
        Contract contract = Contract.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        Wire wire = Wire.of(arguments[1]);
        List<Member> nodes = List.of(Member.of("game1", "127.0.0.1", Integer.parseInt(arguments[2])));
        GatewayConfig.Builder config = GatewayConfig.builder()
                .listen("127.0.0.1:0")
                .noRateLimit()
                .idleTimeout(Duration.ZERO)
                .legacyEncryption(wire == Wire.GATEWAY_LEGACY)
                .services(Map.of("game", ServiceConfig.plain("game", nodes).withContract(contract)))
                .routes(List.of(RouteConfig.of("game", 1001, 1999, "game")));
        if (wire.tls()) {
            config.tls(Certificate.make());
        }
        Gateway gateway = Gateway.builder(config.build())
                .eventLoops(NetEcho.loops("best", "1"))
                .start();
        while (!gateway.ready()) {
            Thread.sleep(10);
        }
        Ready.at(gateway.localAddress());
        Thread.currentThread().join();
    }
}
