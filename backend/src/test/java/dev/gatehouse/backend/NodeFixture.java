package dev.gatehouse.backend;

import dev.gatehouse.link.Gonet2Contract;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;

/** A node with a handler that may block or may not, and links to it. */
abstract class NodeFixture {

    @Parameter(0)
    boolean blocking;

    final RecordingHandler handler = new RecordingHandler();
    final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** What the links of this test speak. */
    TestLink.Speaks speaks() {
        return TestLink.Speaks.GONET2;
    }

    static Metadata headers(String userId, String token) {
        Metadata headers = new Metadata();
        headers.put(Gonet2Contract.USER_ID, userId);
        headers.put(Gonet2Contract.TOKEN, token);
        return headers;
    }

    ServiceNodeBuilder builder(PacketHandler packetHandler) {
        return ServiceNode.builder("game").blocking(blocking).eventLoops(2).handler(packetHandler);
    }

    ServiceNode start(PacketHandler packetHandler) {
        return open(builder(packetHandler).start());
    }

    ServiceNode open(ServiceNode node) {
        open.add(() -> node.stop(Duration.ofSeconds(2)));
        return node;
    }

    TestLink link(ServiceNode node) {
        TestLink link = new TestLink(node, speaks(), InsecureChannelCredentials.create());
        // Before the node, so that its stop has nothing to wait for.
        open.addFirst(link);
        return link;
    }
}
