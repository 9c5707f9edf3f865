package dev.gatehouse.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox inbox = new Inbox();

    @Test
    void givesEachPacketOnceAndLeavesOthers() throws InterruptedException {
        inbox.add(new Received(1, new byte[0]));
        inbox.add(new Received(2, new byte[0]));
        assertThat(inbox.take(packet -> packet.opcode() == 2, Duration.ZERO)).isPresent();
        assertThat(inbox.take(packet -> packet.opcode() == 2, Duration.ZERO)).isEmpty();
        assertThat(inbox.take(packet -> packet.opcode() == 1, Duration.ZERO)).isPresent();
    }

    @Test
    void waitsForAPacketThatComesLater() throws InterruptedException {
        Thread later = Thread.ofVirtual().start(() -> inbox.add(new Received(1, new byte[0])));
        assertThat(inbox.take(packet -> true, Duration.ofSeconds(30))).isPresent();
        later.join();
    }

    @Test
    void endsAllWaitingWhenNoMoreCanCome() throws InterruptedException {
        Thread.ofVirtual().start(inbox::close);
        assertThat(inbox.take(packet -> true, Duration.ofDays(1))).isEmpty();
    }

    @Test
    void dropsTheOldestBeyondItsLimit() throws InterruptedException {
        for (int i = 0; i <= Inbox.PACKETS_MAX; i++) {
            inbox.add(new Received(i, new byte[0]));
        }
        assertThat(inbox.take(packet -> packet.opcode() == 0, Duration.ZERO)).isEmpty();
        assertThat(inbox.take(packet -> packet.opcode() == 1, Duration.ZERO)).isPresent();
    }
}
