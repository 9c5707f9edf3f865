package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.PushOutcome;
import dev.gatehouse.backend.User;
import dev.gatehouse.gateway.Authenticator.Decision;
import dev.gatehouse.protocol.EndReason;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The gateway's stop, from each state that a session can be in. */
class StopTest {
    private static final Duration GRACE = Duration.ofSeconds(60);

    /** Counts the answers that it gave each user. */
    private static final class CountingHandler extends DemoHandler {
        final Map<Long, Integer> given = new ConcurrentHashMap<>();

        @Override
        public void packet(User user, int opcode, ByteBuf payload) {
            if (user.push(1002, payload) == PushOutcome.DELIVERED) {
                given.merge(user.id(), 1, Integer::sum);
            }
        }
    }

    @Test
    void everyAnswerThatAServiceGaveReachesItsClient() {
        CountingHandler handler = new CountingHandler();
        try (GatewayFixture gateway = new GatewayFixture(1, handler, b -> b.noRateLimit())) {
            List<Talker> talkers = Talker.start(gateway, 50);
            Talker.awaitAnswers(talkers, 20);
            assertThat(gateway.gateway.stop(GRACE)).isTrue();
            for (int i = 0; i < talkers.size(); i++) {
                Talker talker = talkers.get(i);
                talker.join();
                assertThat(talker.end())
                        .get()
                        .extracting(end -> end.error().code())
                        .isEqualTo(EndReason.STOPPING.code());
                assertThat(talker.closedInOrder()).isTrue();
                int given = handler.given.getOrDefault(i + 1L, 0);
                assertThat(talker.answers())
                        .isEqualTo(IntStream.range(0, given).boxed().toList());
                talker.close();
            }
            assertThat(gateway.ended(EndReason.STOPPING)).isEqualTo(50);
            assertThat(gateway.gateway.ready()).isFalse();
            assertThat(gateway.attachments()).isZero();
        }
    }

    @Test
    void strangersAndLoginsUnderWayAreToldToo() {
        CompletableFuture<Decision> never = new CompletableFuture<>();
        try (GatewayFixture gateway = new GatewayFixture(
                        1,
                        new DemoHandler(),
                        b -> b,
                        b -> b.authenticator(
                                (request, address) -> request.openUdid().equals("never")
                                        ? never
                                        : CompletableFuture.completedFuture(new Decision.Accepted(1))));
                RawClient stranger = gateway.client();
                RawClient loggingIn = gateway.client();
                RawClient quiet = gateway.client("quiet")) {
            loggingIn.sendLogin("never");
            await().until(() -> gateway.gateway.statistics().sessions() == 3);
            CompletableFuture<Boolean> stop = CompletableFuture.supplyAsync(() -> gateway.gateway.stop(GRACE));
            for (RawClient client : List.of(stranger, loggingIn, quiet)) {
                assertThat(client.receiveEnd()).isEqualTo(EndReason.STOPPING.code());
                client.disconnect();
            }
            assertThat(stop.join()).isTrue();
            assertThat(gateway.ended(EndReason.STOPPING)).isEqualTo(3);
            assertThat(gateway.gateway.users()).isZero();
        }
    }

    @Test
    void aSessionThatWaitsForANodeIsToldToo() {
        try (TwoNodes two = new TwoNodes(b -> b);
                RawClient client = two.fixture.client("waits")) {
            two.proxies.forEach(TcpProxy::down);
            two.awaitLinks(0);
            await().until(() -> two.fixture.attachments() == 0);
            CompletableFuture<Boolean> stop = CompletableFuture.supplyAsync(() -> two.fixture.gateway.stop(GRACE));
            assertThat(client.receiveEnd()).isEqualTo(EndReason.STOPPING.code());
            client.disconnect();
            assertThat(stop.join()).isTrue();
        }
    }

    @Test
    void whoNeverReadsOrNeverEndsIsBrokenOffAfterTheGracePeriod() {
        // This service leaves every stream open.
        RawService.Script neverEnds = new RawService.Script() {
            @Override
            public void halfClosed(RawService.Stream stream) {
                // Says nothing.
            }
        };
        try (RawService service = new RawService(neverEnds);
                GatewayFixture gateway = new GatewayFixture(List.of(service.member(1)), b -> b, b -> {})) {
            gateway.awaitReady();
            try (RawClient client = gateway.client("stuck")) {
                CompletableFuture<Boolean> stop =
                        CompletableFuture.supplyAsync(() -> gateway.gateway.stop(Duration.ofSeconds(4)));
                // After half of the grace period its attachment is cancelled, and there are 2 s, the most, to tell it.
                assertThat(client.receiveEnd()).isEqualTo(EndReason.STOPPING.code());
                client.disconnect();
                assertThat(stop.join()).isTrue();
                await().until(() -> service.stream(0).cancelled);
            }
        }
    }

    @Test
    void canBeStoppedTwice() {
        try (GatewayFixture gateway = new GatewayFixture(0, b -> b)) {
            assertThat(gateway.gateway.stop(GRACE)).isTrue();
            assertThat(gateway.gateway.stop(GRACE)).isTrue();
            assertThat(gateway.gateway.kick(1)).isFalse();
        }
    }
}
