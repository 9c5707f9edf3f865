package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NewestRingsTest {
    private static RingSnapshot rings(int version) {
        return RingSnapshot.of(new RingVersion(1, version), RingSettings.DEFAULT, List.of(), Optional.empty());
    }

    @Test
    void doesNotWaitForWhoTakesThemAndLeavesOutWhatIsOld() throws InterruptedException {
        BlockingQueue<Long> taken = new LinkedBlockingQueue<>();
        CountDownLatch first = new CountDownLatch(1);
        Semaphore mayGoOn = new Semaphore(0);
        NewestRings newest = new NewestRings(rings -> {
            taken.add(rings.version().version());
            first.countDown();
            mayGoOn.acquireUninterruptibly();
        });
        newest.offer(rings(1));
        first.await();
        for (int version = 2; version <= 5; version++) {
            newest.offer(rings(version));
        }
        assertThat(taken).containsExactly(1L);
        mayGoOn.release(3);
        assertThat(taken.take()).isEqualTo(1);
        assertThat(taken.take()).isEqualTo(5);
        newest.offer(rings(6));
        assertThat(taken.take()).isEqualTo(6);
        assertThat(taken).isEmpty();
    }

    @Test
    void goesOnAfterRingsThatCouldNotBeTaken() throws InterruptedException {
        BlockingQueue<Long> taken = new LinkedBlockingQueue<>();
        NewestRings newest = new NewestRings(rings -> {
            taken.add(rings.version().version());
            if (rings.version().version() == 1) {
                throw new IllegalStateException("the test's own");
            }
        });
        newest.offer(rings(1));
        assertThat(taken.take()).isEqualTo(1);
        newest.offer(rings(2));
        assertThat(taken.poll(30, TimeUnit.SECONDS)).isEqualTo(2);
    }
}
