package dev.gatehouse.bench.program;

import dev.gatehouse.backend.ServiceNode;

/** The service behind our gateway: answers each packet with its payload and the next opcode. */
public final class EchoNode {
    private EchoNode() {}

    /** No arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        ServiceNode node = ServiceNode.builder("game")
                .listen("127.0.0.1:0")
                .eventLoops(1)
                .handler((user, opcode, payload) -> user.push(opcode + 1, payload))
                .start();
        Ready.at(node.address());
        Thread.currentThread().join();
    }
}
