package dev.gatehouse.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.AttachPolicy;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.QueuePolicy;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.gateway.internal.PushQueue.Offer;
import dev.gatehouse.link.OutboundFrame;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushQueueTest {
    private static final int BYTES_MAX = 1024;
    private static final int WAIT = 2000;
    private static final int DROP_OLDEST = 3000;
    private static final int KEEP_LATEST = 4000;
    private static final int CLOSE = 5000;

    private final Router router = new Router(GatewayConfig.builder()
            .services(Map.of("game", ServiceConfig.plain("game", List.of())))
            .routes(List.of(
                    route(WAIT, QueuePolicy.WAIT),
                    route(DROP_OLDEST, QueuePolicy.DROP_OLDEST),
                    route(KEEP_LATEST, QueuePolicy.KEEP_LATEST),
                    route(CLOSE, QueuePolicy.CLOSE)))
            .build());
    private final Counters counters = new Counters(4);
    private final PushQueue queue = new PushQueue(ByteBufAllocator.DEFAULT, counters, BYTES_MAX);

    private static RouteConfig route(int opcode, QueuePolicy policy) {
        return new RouteConfig("r" + opcode, opcode, opcode + 999, "game", AttachPolicy.LOGIN, policy, 4);
    }

    @AfterEach
    void release() {
        queue.release();
    }

    private Offer offer(int opcode, int payloadBytes) {
        return queue.offer(
                new OutboundFrame().packet(opcode, Unpooled.wrappedBuffer(new byte[payloadBytes])), router, 0);
    }

    private List<Integer> opcodes() {
        List<Integer> opcodes = new ArrayList<>();
        while (!queue.isEmpty()) {
            PushQueue.Waiting next = queue.poll();
            opcodes.add(next.opcode());
            next.packet().release();
        }
        return opcodes;
    }

    @Test
    void waitHoldsTheServiceOnceTheRouteHasItsPackets() {
        for (int i = 0; i < 4; i++) {
            assertThat(offer(WAIT + i, 10)).isEqualTo(Offer.MORE);
        }
        assertThat(offer(WAIT + 4, 10)).isEqualTo(Offer.HOLD);
        assertThat(opcodes()).containsExactly(2000, 2001, 2002, 2003, 2004);
    }

    @Test
    void waitHoldsTheServiceOnceTheRouteHasItsBytes() {
        assertThat(offer(WAIT, 2000)).isEqualTo(Offer.MORE);
        assertThat(offer(WAIT + 1, 10)).isEqualTo(Offer.HOLD);
        assertThat(opcodes()).containsExactly(WAIT, WAIT + 1);
    }

    @Test
    void dropOldestKeepsAsManyPacketsAsItsRouteAllows() {
        for (int i = 0; i < 10; i++) {
            assertThat(offer(DROP_OLDEST + i, 10)).isEqualTo(Offer.MORE);
        }
        assertThat(opcodes()).containsExactly(3006, 3007, 3008, 3009);
        assertThat(counters.routes[2].dropped).isEqualTo(6);
    }

    @Test
    void dropOldestKeepsAsManyBytesAsAreAllowed() {
        offer(DROP_OLDEST, 600);
        offer(DROP_OLDEST + 1, 300);
        offer(DROP_OLDEST + 2, 300);
        assertThat(opcodes()).containsExactly(3001, 3002);
    }

    @Test
    void takesASinglePacketWhateverItsLength() {
        offer(DROP_OLDEST, 10);
        offer(DROP_OLDEST + 1, 60_000);
        assertThat(offer(CLOSE, 60_000)).isEqualTo(Offer.MORE);
        assertThat(opcodes()).containsExactly(3001, CLOSE);
    }

    @Test
    void keepLatestKeepsOneOfEachOpcode() {
        for (int i = 0; i < 3; i++) {
            offer(KEEP_LATEST, i);
            offer(KEEP_LATEST + 1, i);
        }
        assertThat(opcodes()).containsExactly(KEEP_LATEST, KEEP_LATEST + 1);
        assertThat(counters.routes[3].dropped).isEqualTo(4);
    }

    @Test
    void keepLatestDropsTheOldestOfTooManyOpcodes() {
        for (int i = 0; i < 6; i++) {
            offer(KEEP_LATEST + i, 1);
        }
        assertThat(opcodes()).containsExactly(4002, 4003, 4004, 4005);
    }

    @Test
    void closeSaysThatThereIsNoRoom() {
        for (int i = 0; i < 4; i++) {
            assertThat(offer(CLOSE, 1)).isEqualTo(Offer.MORE);
        }
        assertThat(offer(CLOSE, 1)).isEqualTo(Offer.FULL);
        assertThat(opcodes()).hasSize(4);
        offer(CLOSE, 1000);
        assertThat(offer(CLOSE, 100)).isEqualTo(Offer.FULL);
    }

    @Test
    void aPolicyTouchesItsOwnRouteAlone() {
        offer(WAIT, 1000);
        offer(CLOSE, 1000);
        for (int i = 0; i < 10; i++) {
            offer(DROP_OLDEST + i, 300);
        }
        assertThat(opcodes()).containsExactly(WAIT, CLOSE, 3007, 3008, 3009);
    }
}
