package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.PushOutcome;
import dev.gatehouse.backend.User;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many clients that log in as one user. */
class SecondLoginTest {
    private static final int CLIENTS = 200;
    private static final int LOGINS_EACH = 5;
    private static final int ROUNDS = 4;

    /** Notes how many attachments of one user were open at once, at most. */
    private static final class OnceHandler extends DemoHandler {
        final Map<Long, Integer> open = new ConcurrentHashMap<>();
        final AtomicInteger most = new AtomicInteger();

        @Override
        public void opened(User user) {
            most.accumulateAndGet(open.merge(user.id(), 1, Integer::sum), Math::max);
        }

        @Override
        public void closed(User user) {
            open.computeIfPresent(user.id(), (id, count) -> count == 1 ? null : count - 1);
        }
    }

    private static GatewayConfig.Builder patient(GatewayConfig.Builder settings) {
        // The machine may stall for longer than an attachment's end takes otherwise.
        return settings.noRateLimit().idleTimeout(Duration.ZERO).detachTimeout(Duration.ofSeconds(60));
    }

    @Test
    void ofAllThatLogInAsOneUserTheNewestLives() throws Exception {
        OnceHandler handler = new OnceHandler();
        try (GatewayFixture gateway = new GatewayFixture(1, handler, SecondLoginTest::patient)) {
            for (int round = 0; round < ROUNDS; round++) {
                Contenders contenders = new Contenders(gateway);
                contenders.storm();
                await("one is left").until(() -> contenders.alive.size() == 1);
                await("and it is attached").until(() -> gateway.gateway.users() == 1 && gateway.attachments() == 1);
                // A login is acknowledged before a node that is trusted has seen it.
                await().until(() -> handler.open.equals(Map.of(1L, 1)));
                User user = gateway.nodes.getFirst().user(1).orElseThrow();
                assertThat(gateway.nodes.getFirst().users()).containsExactly(user);
                assertThat(user.push(1004, new byte[1])).isEqualTo(PushOutcome.DELIVERED);
                await("its attachment is the live one").until(() -> contenders.pushed.get() == 1);

                try (RawClient newest = gateway.client()) {
                    newest.sendLogin("one");
                    assertThat(newest.receive().opcode()).isEqualTo(Gonet2.USER_LOGIN_SUCCEED_ACK);
                    await("replaced").until(contenders.alive::isEmpty);
                    assertThat(newest.send(1001, "alive").receive().text()).isEqualTo("alive");
                }
                assertThat(contenders.others).isEmpty();
                gateway.awaitSessions(0);
            }
            await().until(handler.open::isEmpty);
            assertThat(handler.most.get()).isEqualTo(1);
        }
    }

    /** Clients that each log in a few times as one user and go, and then once more: that connection stays open until it is replaced. */
    private static final class Contenders {
        final Set<Integer> alive = ConcurrentHashMap.newKeySet();
        final Set<Integer> others = ConcurrentHashMap.newKeySet();
        final AtomicInteger pushed = new AtomicInteger();
        private final GatewayFixture gateway;

        Contenders(GatewayFixture gateway) {
            this.gateway = gateway;
            IntStream.range(0, CLIENTS).forEach(alive::add);
        }

        void storm() throws InterruptedException {
            // All of the rounds before have ended, but the last end may not be counted yet.
            long before = gateway.gateway.statistics().connections().opened();
            inParallel(CLIENTS, i -> {
                for (int login = 1; login < LOGINS_EACH; login++) {
                    try (RawClient client = gateway.client()) {
                        client.sendLogin("one");
                    }
                }
            });
            // A client that has gone may be the last that the gateway hears of, and would replace whoever is there.
            await("those have gone").until(() -> ended() - before == CLIENTS * (LOGINS_EACH - 1));
            inParallel(CLIENTS, i -> {
                RawClient client = gateway.client();
                client.sendLogin("one");
                Thread.ofVirtual().start(() -> watch(i, client));
            });
        }

        private long ended() {
            return gateway.gateway.statistics().ended().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        private void watch(int number, RawClient client) {
            RawClient.Packet packet = client.receive();
            while (packet.opcode() != Gonet2.CLIENT_ERROR_ACK) {
                if (packet.opcode() == 1004) {
                    pushed.incrementAndGet();
                }
                packet = client.receive();
            }
            if (packet.error().code() != EndReason.REPLACED.code() || !client.closedInOrder()) {
                others.add(number);
            }
            client.close();
            alive.remove(number);
        }
    }

    private static void inParallel(int count, IntConsumer task) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> task.accept(number)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void whoComesBackAtOnceIsAttachedAfterTheOldAttachmentHasEnded() throws Exception {
        OnceHandler handler = new OnceHandler();
        try (GatewayFixture gateway = new GatewayFixture(1, handler, SecondLoginTest::patient)) {
            inParallel(20, user -> {
                for (int i = 0; i < 20; i++) {
                    try (RawClient client = gateway.client()) {
                        client.login("back-" + user);
                    }
                }
            });
            gateway.awaitSessions(0);
            await().until(handler.open::isEmpty);
            assertThat(handler.most.get()).isEqualTo(1);
            assertThat(gateway.gateway.statistics().logins()).isEqualTo(400);
        }
    }

    @Test
    void aServiceThatNeverLetsGoDelaysTheNextLoginOnlySoLong() {
        RawService.Script neverEnds = new RawService.Script() {
            @Override
            public void halfClosed(RawService.Stream stream) {
                // Says nothing.
            }
        };
        try (RawService service = new RawService(neverEnds);
                GatewayFixture gateway = new GatewayFixture(
                        List.of(service.member(1)), b -> b.detachTimeout(Duration.ofMillis(300)), b -> {})) {
            gateway.awaitReady();
            for (int i = 0; i < 3; i++) {
                try (RawClient client = gateway.client("again")) {
                    assertThat(client.send(Gonet2.HEART_BEAT_REQ, new byte[4])
                                    .receive()
                                    .opcode())
                            .isEqualTo(Gonet2.HEART_BEAT_ACK);
                }
            }
            gateway.awaitSessions(0);
            // The service hears of it later than the gateway, which has done it.
            await().untilAsserted(() -> assertThat(service.streams()).hasSize(3).allMatch(s -> s.cancelled));
        }
    }
}
