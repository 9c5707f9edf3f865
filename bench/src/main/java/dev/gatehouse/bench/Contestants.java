package dev.gatehouse.bench;

import dev.gatehouse.bench.program.EchoNode;
import dev.gatehouse.bench.program.GatewayProgram;
import dev.gatehouse.bench.program.NetEcho;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All that is measured. Every server has one event loop, or what its library does with one processor. */
final class Contestants {
    private Contestants() {}

    static Contestant floor(Wire wire) {
        return new Contestant("floor", "java.nio, the floor", wire, Program.peer("jdk", "jdk.Floor", wire.argument()));
    }

    static Contestant jdk(Wire wire) {
        return new Contestant(
                "jdk",
                "JDK blocking sockets, virtual threads",
                wire,
                Program.peer("jdk", "jdk.VirtualThreads", wire.argument()));
    }

    static Contestant net(Wire wire) {
        return net("net", "`net`", wire, "callbacks", "best", 1);
    }

    static Contestant netVirtual(Wire wire) {
        return net("net-virtual", "`net`, virtual threads", wire, "virtual-threads", "best", 1);
    }

    private static Contestant net(String id, String label, Wire wire, String style, String transport, int loops) {
        return new Contestant(
                id,
                label,
                wire,
                Program.ours(NetEcho.class, wire.argument(), style, transport, Integer.toString(loops)));
    }

    private static Contestant netty(String id, String label, Wire wire, String form, String transport, int loops) {
        return new Contestant(
                id,
                label,
                wire,
                Program.peer("netty", "netty.NettyEcho", wire.argument(), form, transport, Integer.toString(loops)));
    }

    private static Contestant peer(String id, String label, Wire wire, String mainClass) {
        return new Contestant(id, label, wire, Program.peer(id, mainClass, wire.argument()));
    }

    /** Every echo in callbacks, and virtual threads beside them. */
    static List<Contestant> echoes(Wire wire) {
        return List.of(
                floor(wire),
                net(wire),
                net("net-epoll", "`net`, epoll", wire, "callbacks", "epoll", 1),
                netty("netty", "Netty, io_uring", wire, "usual", "io_uring", 1),
                netty("netty-epoll", "Netty, epoll", wire, "usual", "epoll", 1),
                netty("netty-lean", "Netty without copies, io_uring", wire, "lean", "io_uring", 1),
                netty("netty-lean-epoll", "Netty without copies, epoll", wire, "lean", "epoll", 1),
                peer("reactor-netty", "Reactor Netty", wire, "reactornetty.ReactorNettyEcho"),
                peer("vertx", "Vert.x", wire, "vertx.VertxEcho"),
                peer("mina", "Apache MINA", wire, "mina.MinaEcho"),
                peer("smart-socket", "smart-socket", wire, "smartsocket.SmartSocketEcho"),
                peer("t-io", "t-io", wire, "tio.TioEcho"),
                jdk(wire));
    }

    /** Blocking code on virtual threads. */
    static List<Contestant> styles() {
        return List.of(jdk(Wire.LENGTH), netVirtual(Wire.LENGTH), net(Wire.LENGTH));
    }

    /** The gateway with each of its contracts, bare and encrypted, and what it can be compared with. */
    static List<Contestant> gateways() {
        return List.of(
                net(Wire.LENGTH),
                net("net-tls", "`net`, TLS by BoringSSL", Wire.LENGTH_TLS, "callbacks", "best", 1),
                byTheJdk(net("net-tls-jdk", "`net`, TLS by the JDK", Wire.LENGTH_TLS, "callbacks", "best", 1)),
                passthrough(),
                gonet2(),
                trunk(),
                gateway("trunk-legacy", "gateway, contract `trunk`, legacy encryption", "trunk", Wire.GATEWAY_LEGACY),
                gateway("trunk-tls", "gateway, contract `trunk`, TLS by BoringSSL", "trunk", Wire.GATEWAY_TLS),
                byTheJdk(gateway(
                        "trunk-tls-jdk", "gateway, contract `trunk`, TLS by the JDK", "trunk", Wire.GATEWAY_TLS)));
    }

    /** Servers whose idle connections are weighed. */
    static List<Contestant> idlers() {
        return Stream.concat(echoes(Wire.LENGTH).stream(), Stream.of(netVirtual(Wire.LENGTH), gonet2(), trunk()))
                .toList();
    }

    /** Servers whose cost is measured with ever more clients. */
    static List<Contestant> scaled() {
        return List.of(
                floor(Wire.LENGTH),
                net(Wire.LENGTH),
                netty("netty", "Netty, io_uring", Wire.LENGTH, "usual", "io_uring", 1),
                gonet2(),
                trunk());
    }

    /** Servers on two event loops, for two processors; by the id of the same on one. */
    static Map<String, Contestant> paired() {
        return Map.of(
                "net", net("net-2", "`net`, two event loops", Wire.LENGTH, "callbacks", "best", 2),
                "netty", netty("netty-2", "Netty, io_uring, two event loops", Wire.LENGTH, "usual", "io_uring", 2));
    }

    static Contestant gonet2() {
        return gateway("gonet2", "gateway, contract `gonet2`", "gonet2", Wire.GATEWAY);
    }

    static Contestant trunk() {
        return gateway("trunk", "gateway, contract `trunk`", "trunk", Wire.GATEWAY);
    }

    private static Contestant gateway(String id, String label, String contract, Wire wire) {
        return new Contestant(
                id,
                label,
                Program.ours(GatewayProgram.class, contract, wire.argument()),
                wire,
                Optional.of(Program.ours(EchoNode.class)));
    }

    /** The same with TLS by the JDK, although BoringSSL is there. */
    private static Contestant byTheJdk(Contestant contestant) {
        return new Contestant(
                contestant.id(),
                contestant.label(),
                contestant.program().flagged(List.of("-Dio.netty.handler.ssl.noOpenSsl=true")),
                contestant.wire(),
                contestant.service());
    }

    private static Contestant passthrough() {
        return new Contestant(
                "passthrough",
                "grpc-java passthrough, a stream a client",
                Program.peer("grpc", "grpc.Passthrough", Wire.LENGTH.argument()),
                Wire.LENGTH,
                Optional.of(Program.peer("grpc", "grpc.EchoService")));
    }
}
