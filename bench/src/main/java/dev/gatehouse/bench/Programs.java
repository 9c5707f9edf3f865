package dev.gatehouse.bench;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.Transport;
import dev.gatehouse.ring.Member;
import java.util.List;
import java.util.Map;

/** The programs that are measured, each in a process of its own. */
public final class Programs {
    private static final int FRAME_BYTES_MAX = 65_535;

    private Programs() {}

    /** Starts the program that the first argument names, on the transport that the second one names. */
    public static void main(String[] arguments) throws InterruptedException {
        Transport transport = Transport.valueOf(arguments[1]);
        switch (arguments[0]) {
            case "netty-echo" -> NettyEcho.run(transport);
            case "jdk-echo" -> JdkEcho.run();
            case "net-echo" -> netEcho(transport);
            case "net-blocking-echo" -> netBlockingEcho(transport);
            case "gateway" -> gateway(transport, Integer.parseInt(arguments[2]));
            case "service" -> service();
            default -> throw new IllegalArgumentException("program: " + arguments[0]);
        }
        Thread.currentThread().join();
    }

    /** Says where the program listens. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    static void ready(int port) {
        System.out.println("ready " + port);
    }

    private static void netEcho(Transport transport) {
        Server server = Server.builder("127.0.0.1:0", Framing.lengthPrefixed(2, FRAME_BYTES_MAX))
                .eventLoops(NettyEcho.oneLoop(transport))
                .handler((connection, message) -> connection.send(message))
                .start();
        ready(server.localAddress().getPort());
    }

    private static void netBlockingEcho(Transport transport) {
        Server server = Server.builder("127.0.0.1:0", Framing.lengthPrefixed(2, FRAME_BYTES_MAX))
                .eventLoops(NettyEcho.oneLoop(transport))
                .blockingHandler(connection -> {
                    var message = connection.receive();
                    while (message.isPresent() && connection.send(message.get())) {
                        message = connection.receive();
                    }
                })
                .start();
        ready(server.localAddress().getPort());
    }

    private static void service() {
        ServiceNode node = ServiceNode.builder("game")
                .listen("127.0.0.1:0")
                .eventLoops(1)
                .handler((user, opcode, payload) -> user.push(opcode + 1, payload))
                .start();
        ready(node.address().getPort());
    }

    private static void gateway(Transport transport, int servicePort) throws InterruptedException {
        Gateway gateway = Gateway.builder(GatewayConfig.builder()
                        .listen("127.0.0.1:0")
                        .noRateLimit()
                        .services(Map.of(
                                "game",
                                ServiceConfig.plain("game", List.of(Member.of("game1", "127.0.0.1", servicePort)))))
                        .routes(List.of(RouteConfig.of("game", 1001, 1999, "game")))
                        .build())
                .eventLoops(NettyEcho.oneLoop(transport))
                .start();
        while (!gateway.ready()) {
            Thread.sleep(10);
        }
        ready(gateway.localAddress().getPort());
    }
}
