package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.testing.ManualTicker;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A coordinator whose lead comes and goes. */
class LeadTest {
    private final ScriptedStore store = new ScriptedStore();
    private final Coordinator coordinator = Coordinator.builder("127.0.0.1:0", TestParticipant.SECRET)
            .store(store)
            .start();

    @AfterEach
    void stop() {
        coordinator.stop(Duration.ZERO);
    }

    private TestParticipant watcher(String id) {
        return TestParticipant.watcher(coordinator.localAddress(), id);
    }

    private Message.Failure refusal(String id) {
        try (TestParticipant participant = TestParticipant.connect(coordinator.localAddress())) {
            participant.verify(Participant.watcher(id));
            return (Message.Failure) participant.next();
        }
    }

    @Test
    void sendsParticipantsToTheLeader() {
        store.candidate.join().follows(Optional.of("10.0.0.1:12345"));
        await().until(() -> coordinator.statistics().leader().isPresent());
        assertThat(refusal("gateway1"))
                .isEqualTo(new Message.Failure("NOT_LEADER", "another coordinator leads", "10.0.0.1:12345"));
    }

    @Test
    void saysThatNobodyLeads() {
        assertThat(refusal("gateway1"))
                .isEqualTo(new Message.Failure("NOT_LEADER", "no coordinator is known to lead now", ""));
    }

    @Test
    void closesItsConnectionsAsSoonAsAnotherMayLead() {
        store.lead(1);
        await().until(() -> coordinator.statistics().leading());
        try (TestParticipant watcher = watcher("gateway1")) {
            assertThat(watcher.next()).isInstanceOf(Message.Ring.class);
            store.certain = false;
            watcher.refused(ErrorCode.NOT_LEADER);
            assertThat(coordinator.statistics().leading()).isFalse();
        }
    }

    @Test
    void publishesNothingOfAnEarlierLead() {
        store.answering = false;
        store.lead(1);
        await().until(() -> store.saves.size() == 1);
        store.candidate.join().follows(Optional.empty());
        store.lead(3);
        await().until(() -> coordinator.statistics().leading());
        store.answering = true;
        store.saves.remove().complete(null);
        try (TestParticipant watcher = watcher("gateway1")) {
            assertThat(watcher.rings(rings -> true).version())
                    .extracting(RingVersion::epoch)
                    .isEqualTo(3L);
        }
    }

    @Test
    void ticksOnAfterATickThatFailed() {
        store.lead(1);
        await().until(() -> coordinator.statistics().published() > 0);
        // Only ticks ask from here on.
        store.failing = true;
        await().until(() -> !store.failing);
        try (TestParticipant watcher = watcher("gateway1")) {
            assertThat(watcher.next()).isInstanceOf(Message.Ring.class);
            store.certain = false;
            watcher.refused(ErrorCode.NOT_LEADER);
        }
    }

    /** Connections may take a while to end; whoever leads next doesn't wait for them. */
    @Test
    void givesItsLeadBackBeforeItsConnectionsHaveEnded() {
        ScriptedStore given = new ScriptedStore();
        // By a clock that stands still no connection is broken off.
        Coordinator stopping = Coordinator.builder("127.0.0.1:0", TestParticipant.SECRET)
                .store(given)
                .ticker(new ManualTicker())
                .start();
        given.lead(1);
        await().until(() -> stopping.statistics().leading());
        CompletableFuture<Boolean> stopped;
        try (TestParticipant watcher = TestParticipant.watcher(stopping.localAddress(), "gateway1")) {
            stopped = CompletableFuture.supplyAsync(() -> stopping.stop(Duration.ofHours(1)));
            await().until(() -> given.closed);
            assertThat(stopped).isNotDone();
            watcher.refused(ErrorCode.STOPPING);
        }
        assertThat(stopped.join()).isTrue();
    }

    /** A store that does what a test says. */
    private static final class ScriptedStore implements Store {
        final Deque<CompletableFuture<Void>> saves = new ConcurrentLinkedDeque<>();
        final CompletableFuture<Candidate> candidate = new CompletableFuture<>();
        volatile boolean certain = true;
        volatile boolean answering = true;
        volatile boolean failing;
        volatile boolean closed;

        void lead(long epoch) {
            candidate.join().leads(epoch, Memberships.NONE);
        }

        @Override
        public void campaign(String address, Candidate candidate) {
            this.candidate.complete(candidate);
        }

        @Override
        public CompletableFuture<Void> save(Memberships memberships) {
            CompletableFuture<Void> saved = new CompletableFuture<>();
            if (answering) {
                saved.complete(null);
            } else {
                saves.add(saved);
            }
            return saved;
        }

        /** Fails once, where a test says so. */
        @Override
        public boolean mayPublish(long epoch) {
            if (failing) {
                failing = false;
                throw new IllegalStateException("as the test says");
            }
            return certain;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
