package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.backend.User;
import dev.gatehouse.protocol.EndReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How the trunk holds clients and services back, and what it does not: broadcasts. */
class TrunkCreditTest extends OnTrunk {
    @Test
    void holdsBackAClientWhoseServiceGrantsNothingAndOnlyThat() {
        try (RawTrunk node = new RawTrunk(new Echo() {
                    @Override
                    public void packet(RawTrunk.Call call, long id, int opcode, ByteBuf payload) {
                        if (opcode != 1999) {
                            super.packet(call, id, opcode, payload);
                        }
                    }
                });
                GatewayFixture gateway = gateway(node, b -> b.receiveBufferBytes(8192));
                RawClient stuck = gateway.client("stuck");
                RawClient other = gateway.client("other")) {
            byte[] payload = new byte[8192];
            long sent;
            try {
                sent = Flood.untilStuck(stuck, () -> stuck.nextFrame(1999, payload), 64 << 20);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            assertThat(sent).isLessThan(64 << 20);
            await().untilAsserted(() -> assertThat(node(gateway).forwarded()).isEqualTo(8));
            assertThat(other.send(1001, payload).receive().payload()).isEqualTo(payload);
            gateway.ticker.advance(Duration.ofSeconds(61));
            assertThat(stuck.receiveEnd()).isEqualTo(EndReason.SERVICE_STALLED.code());
            assertThat(other.send(1001, "still here").receive().text()).isEqualTo("still here");
        }
    }

    @Test
    void goesOnReadingOnceTheServiceGrantsMore() {
        List<Long> unanswered = new CopyOnWriteArrayList<>();
        try (RawTrunk node = new RawTrunk(new Echo() {
                    @Override
                    public void packet(RawTrunk.Call call, long id, int opcode, ByteBuf payload) {
                        unanswered.add(id);
                        if (unanswered.size() == 2) {
                            call.write(batch -> batch.credit(id, 200_000));
                        }
                    }
                });
                GatewayFixture gateway = gateway(node);
                RawClient client = gateway.client("goes-on")) {
            for (int i = 0; i < 4; i++) {
                client.send(1001, new byte[60_000]);
            }
            await().until(() -> unanswered.size() == 4);
        }
    }

    @Test
    void grantsTheNodeCreditForWhatTheClientTook() {
        AtomicInteger granted = new AtomicInteger();
        try (RawTrunk node = new RawTrunk(new Echo() {
                    @Override
                    public void credit(RawTrunk.Call call, long id, long bytes) {
                        granted.addAndGet((int) bytes);
                    }
                });
                GatewayFixture gateway = gateway(node);
                RawClient client = gateway.client("taker")) {
            RawTrunk.Attached attached = node.attached(0);
            attached.call()
                    .write(batch -> batch.payload(attached.id(), 1002, Unpooled.wrappedBuffer(new byte[40_000])));
            assertThat(client.receive().payload()).hasSize(40_000);
            await().until(() -> granted.get() == 40_002);
        }
    }

    @Test
    void grantsAllToANodeThatItWaitsForNoLonger() {
        List<Long> granted = new CopyOnWriteArrayList<>();
        try (RawTrunk node = new RawTrunk(new Echo() {
                    @Override
                    public void closed(RawTrunk.Call call, long id) {
                        // It waits for credit.
                    }

                    @Override
                    public void credit(RawTrunk.Call call, long id, long bytes) {
                        granted.add(bytes);
                    }
                });
                GatewayFixture gateway = gateway(node, b -> b.detachTimeout(Duration.ofMillis(100)))) {
            gateway.client("gone").close();
            await().until(() -> granted.equals(List.of((long) Integer.MAX_VALUE)));
            gateway.awaitSessions(0);
        }
    }

    @Test
    void endsTheSessionOfAServiceThatSendsWithoutCredit() {
        try (RawTrunk node = new RawTrunk(new Echo());
                GatewayFixture gateway = gateway(node, b -> b.linkWindowBytes(16 << 10));
                RawClient client = new RawClient(gateway.gateway.localAddress(), 8192)) {
            client.login("flooded");
            RawTrunk.Attached attached = node.attached(0);
            for (int i = 0; i < 400; i++) {
                attached.call()
                        .write(batch -> batch.payload(attached.id(), 1002, Unpooled.wrappedBuffer(new byte[60_000])));
            }
            // What comes after the end is stale.
            await().until(() -> node(gateway).stale() > 0);
            client.disconnect();
            gateway.awaitEnded(EndReason.SERVICE_CLOSED, 1);
        }
    }

    @Test
    void deliversBroadcastsToAllAndToSome() {
        try (GatewayFixture gateway = new GatewayFixture(1, b -> b)) {
            ServiceNode node = gateway.nodes.getFirst();
            List<RawClient> clients = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(gateway.client("listener-" + i));
            }
            await().until(() -> node.users().size() == 8);
            node.broadcast(1004, Unpooled.copiedBuffer("all", java.nio.charset.StandardCharsets.UTF_8));
            List<User> odd = node.users().stream().filter(u -> u.id() % 2 == 1).toList();
            node.broadcast(odd, 1005, Unpooled.copiedBuffer("odd", java.nio.charset.StandardCharsets.UTF_8));
            node.broadcast(1006, Unpooled.EMPTY_BUFFER);
            for (int i = 0; i < 8; i++) {
                assertThat(clients.get(i).receive().text()).isEqualTo("all");
                if (i % 2 == 0) {
                    assertThat(clients.get(i).receive().text()).isEqualTo("odd");
                }
                assertThat(clients.get(i).receive().opcode()).isEqualTo(1006);
            }
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void endsTheSessionOfAClientThatIsTooSlowForBroadcasts() {
        try (GatewayFixture gateway = new GatewayFixture(1, b -> b.sendBufferBytes(8192));
                RawClient slow = new RawClient(gateway.gateway.localAddress(), 8192);
                RawClient good = gateway.client("good")) {
            slow.login("slow");
            ServiceNode node = gateway.nodes.getFirst();
            await().until(() -> node.users().size() == 2);
            User both = node.users().iterator().next();
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                both.node().broadcast(1004, Unpooled.wrappedBuffer(new byte[30_000]));
                assertThat(good.receive().payload()).hasSize(30_000);
                return node.users().size() == 1;
            });
            slow.disconnect();
            gateway.awaitEnded(EndReason.SLOW_CONSUMER, 1);
            assertThat(good.send(1001, "still here").receive().text()).isEqualTo("still here");
        }
    }
}
