package dev.gatehouse.gateway;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway before a node that speaks the trunk as a test says. */
abstract class OnTrunk {
    @BeforeEach
    void speak() {
        GatewayFixture.speak(Contract.TRUNK);
    }

    @AfterEach
    void speakAsBefore() {
        GatewayFixture.speak(Contract.GONET2);
    }

    static GatewayFixture gateway(RawTrunk node) {
        return gateway(node, b -> b);
    }

    static GatewayFixture gateway(RawTrunk node, UnaryOperator<GatewayConfig.Builder> settings) {
        GatewayFixture gateway = new GatewayFixture(
                List.of(node.member(1)), b -> settings.apply(b.noRateLimit().idleTimeout(Duration.ZERO)), b -> {});
        gateway.awaitReady();
        return gateway;
    }

    static GatewayStatistics.Node node(GatewayFixture gateway) {
        return gateway.gateway.statistics().nodes().getFirst();
    }

    /** Answers 1001 with 1002. */
    static class Echo implements RawTrunk.Script {
        @Override
        public void packet(RawTrunk.Call call, long id, int opcode, ByteBuf payload) {
            call.write(batch -> batch.payload(id, opcode + 1, payload));
        }
    }
}
