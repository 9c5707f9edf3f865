package dev.gatehouse.app.coordinators;

import dev.gatehouse.cluster.TestParticipant;
import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.net.Address;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;

/** Watches one coordinator, and goes to no other, wherever it is sent. */
record PinnedWatcher(String coordinator) {
    private static final long RETRY_NANOS = 200_000_000;

    void start() {
        Thread.ofPlatform().name("watches " + coordinator).start(this::watch);
    }

    private void watch() {
        while (true) {
            try {
                visit();
            } catch (UncheckedIOException | AssertionError e) {
                // It can't be reached, has ended the connection, or doesn't lead.
                Recording.end(Recording.PINNED + coordinator);
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private void visit() {
        String id = "at-" + coordinator.replace(':', '-');
        try (TestParticipant watcher = TestParticipant.watcher(Address.parse(coordinator), id)) {
            while (true) {
                if (watcher.next() instanceof Message.Ring(RingSnapshot rings)) {
                    Recording.write(Recording.PINNED + coordinator, rings);
                }
            }
        }
    }
}
