package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Sessions that come and go leave nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChurnTest extends OnEachContract {
    private static final int CLIENTS = 8;
    private static final int WARM_UP = 1000;

    @SuppressWarnings("NullAway.Init") // start sets it.
    private ExecutorService clients;

    @SuppressWarnings("NullAway.Init") // start sets it.
    private GatewayFixture gateway;

    @BeforeParameterizedClassInvocation
    void start() {
        clients = Executors.newFixedThreadPool(CLIENTS);
        gateway = new GatewayFixture(1, b -> b.noRateLimit());
    }

    @AfterParameterizedClassInvocation
    void stop() {
        gateway.close();
        clients.shutdownNow();
    }

    @Test
    void thousandsOfSessionsLeaveNothingBehind() {
        leavesNothingBehind(5000);
    }

    @Test
    @Tag("long")
    void aHundredThousandSessionsLeaveNothingBehind() {
        leavesNothingBehind(100_000);
    }

    private void leavesNothingBehind(int sessions) {
        churn(WARM_UP);
        Footprint before = Footprint.now();
        churn(sessions);
        // Buffers and threads that are let go of in the background are given a moment.
        await().untilAsserted(() -> {
            Footprint after = Footprint.now();
            assertThat(after.heapBytes()).isLessThan(before.heapBytes() + before.heapBytes() / 20);
            assertThat(after.directBytes()).isLessThan(before.directBytes() + before.directBytes() / 20);
            // Fewer is no leak: what earlier tests of this process left may end meanwhile.
            assertThat(before.threads()).containsAll(after.threads());
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors());
        });
    }

    private void churn(int sessions) {
        CompletableFuture<?>[] all = IntStream.range(0, CLIENTS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> churn("churn-" + i, sessions / CLIENTS), clients))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all).join();
        gateway.awaitSessions(0);
        gateway.handler.events.clear();
    }

    private void churn(String udid, int sessions) {
        for (int i = 0; i < sessions; i++) {
            try (RawClient client = gateway.client(udid)) {
                String text = "n" + i;
                assertThat(client.send(1001, text).receive().text()).isEqualTo(text);
            }
        }
    }
}
