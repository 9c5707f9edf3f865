package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.ServiceNode;
import io.grpc.Status;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a trunk begins, goes on and ends, with nodes that do right and wrong. */
class TrunkCallTest extends OnTrunk {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff", // no batch
                "0a0212ff", // a payload that is cut off
            })
    void losesANodeWhoseBatchMakesNoSense(String batch) {
        try (RawTrunk node = new RawTrunk(new Echo());
                LogCapture log = new LogCapture();
                GatewayFixture gateway = gateway(node);
                RawClient client = gateway.client("stays")) {
            RawTrunk.Attached first = node.attached(0);
            first.push(1002, "before");
            first.call().send(HexFormat.of().parseHex(batch));
            assertThat(client.receive().text()).isEqualTo("before");
            // The link begins anew, and the session stays.
            gateway.advanceUntil(Duration.ofMillis(200), () -> node.attached().size() == 2);
            assertThat(client.send(1001, "there").receive().text()).isEqualTo("there");
            assertThat(node(gateway).lostAttachments()).isEqualTo(1);
            assertThat(log.lines())
                    .filteredOn(l -> l.text().contains("sent a batch that is malformed or too long"))
                    .hasSize(1)
                    .noneMatch(LogCapture.Line::stackTrace);
        }
    }

    @Test
    void skipsEntriesOfALaterVersion() {
        try (RawTrunk node = new RawTrunk(new Echo());
                GatewayFixture gateway = gateway(node);
                RawClient client = gateway.client("skips")) {
            RawTrunk.Attached attached = node.attached(0);
            attached.call().send(HexFormat.of().parseHex("0a05" + "08015a01aa" + "1a0101"));
            attached.push(1002, "there");
            assertThat(client.receive().text()).isEqualTo("there");
        }
    }

    @Test
    void pingsEachIntervalAndGivesUpANodeThatAnswersNotAtAll() {
        AtomicInteger pings = new AtomicInteger();
        try (RawTrunk node = new RawTrunk(new Echo() {
                    @Override
                    public void pinged(RawTrunk.Call call, long number) {
                        // The other ones ask whether sessions were taken.
                        if (number != 0 || pings.incrementAndGet() <= 2) {
                            super.pinged(call, number);
                        }
                    }
                });
                GatewayFixture gateway = gateway(node, b -> b.pingInterval(Duration.ofSeconds(10)));
                RawClient client = gateway.client("pinged")) {
            for (int i = 1; i <= 2; i++) {
                int count = i;
                gateway.ticker.advance(Duration.ofSeconds(10));
                await().until(() -> node(gateway).pings() == count);
            }
            gateway.ticker.advance(Duration.ofSeconds(10));
            await().until(() -> pings.get() == 3);
            gateway.advanceUntil(Duration.ofSeconds(1), () -> node(gateway).lostAttachments() == 1);
            gateway.advanceUntil(Duration.ofMillis(200), () -> node.attached().size() == 2);
            assertThat(client.send(1001, "there").receive().text()).isEqualTo("there");
        }
    }

    @Test
    void servesOnAfterAGoodbyeWhileNobodyElseCan() {
        try (RawTrunk node = new RawTrunk(new Echo());
                GatewayFixture gateway = gateway(node);
                RawClient client = gateway.client("stays")) {
            RawTrunk.Attached attached = node.attached(0);
            attached.call().write(dev.gatehouse.link.BatchWriter::goaway);
            // A new call is made, and the session moves to it: packets wait until the old attachment has ended.
            gateway.advanceUntil(Duration.ofMillis(200), () -> node.attached().size() == 2);
            assertThat(client.send(1001, "there").receive().text()).isEqualTo("there");
            assertThat(attached.call().closed).containsExactly(attached.id());
            await().until(() -> attached.call().halfClosed);
            assertThat(node(gateway).lostAttachments()).isZero();
        }
    }

    @Test
    void connectsAnewToANodeThatSaysNoHello() {
        AtomicInteger calls = new AtomicInteger();
        RawTrunk.Script silentAtFirst = new Echo() {
            @Override
            public void called(RawTrunk.Call call) {
                if (calls.incrementAndGet() > Runtime.getRuntime().availableProcessors()) {
                    super.called(call);
                }
            }
        };
        try (RawTrunk node = new RawTrunk(silentAtFirst);
                GatewayFixture gateway = new GatewayFixture(List.of(node.member(1)), b -> b, b -> {})) {
            gateway.advanceUntil(Duration.ofSeconds(1), gateway.gateway::ready);
            try (RawClient client = gateway.client("patient")) {
                assertThat(client.send(1001, "there").receive().text()).isEqualTo("there");
            }
        }
    }

    @Test
    void isNotReadyWithoutTheTokenAndSaysItOnce() {
        try (ServiceNode node = ServiceNode.builder("game")
                        .token("right")
                        .handler(new DemoHandler())
                        .start();
                LogCapture log = new LogCapture();
                GatewayFixture gateway = new GatewayFixture(
                        List.of(GatewayFixture.member(1, node.address().getPort())), b -> b, b -> {})) {
            int loops = Runtime.getRuntime().availableProcessors();
            for (int i = 0; i < 5; i++) {
                gateway.ticker.advance(Duration.ofSeconds(2));
                int at = i;
                await().until(() -> at >= 0
                        && log.lines().stream()
                                        .filter(l -> l.text().contains("refused by the node with UNAUTHENTICATED"))
                                        .count()
                                == loops);
            }
            assertThat(gateway.gateway.ready()).isFalse();
        }
    }

    @Test
    void saysThatANodeSpeaksNoTrunk() {
        try (RawService node = new RawService(new RawService.Script() {
                    @Override
                    public void opened(RawService.Stream stream) {
                        stream.end(Status.UNIMPLEMENTED);
                    }
                });
                LogCapture log = new LogCapture();
                GatewayFixture gateway = new GatewayFixture(List.of(node.member(1)), b -> b, b -> {})) {
            await().until(
                            () -> log.lines().stream()
                                    .anyMatch(
                                            l -> l.text()
                                                    .equals(
                                                            "link game game1 speaks no trunk (expected: a node that does, or contract: gonet2)")));
            assertThat(gateway.gateway.ready()).isFalse();
        }
    }
}
