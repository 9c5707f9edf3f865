package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutstandingTest {
    private final Outstanding outstanding = new Outstanding();

    private void send(int messages) {
        for (int i = 0; i < messages; i++) {
            outstanding.add(100L + outstanding.due());
            outstanding.send();
        }
    }

    @Test
    void settlesInOrder() {
        send(3);
        assertThat(outstanding.settle(0)).isEqualTo(100);
        assertThat(outstanding.settle(1)).isEqualTo(101);
        assertThat(outstanding.open()).isEqualTo(1);
        assertThat(outstanding.head()).isEqualTo(2);
        assertThat(outstanding.late(2)).isFalse();
    }

    @Test
    void skipsWhatWasSettledOutOfTurn() {
        send(4);
        outstanding.settle(1);
        outstanding.settle(2);
        assertThat(outstanding.head()).isZero();
        assertThat(outstanding.open()).isEqualTo(2);
        assertThat(outstanding.late(0)).isTrue();
        assertThat(outstanding.settled(1)).isTrue();
        assertThat(outstanding.settle(0)).isEqualTo(100);
        assertThat(outstanding.head()).isEqualTo(3);
        assertThat(outstanding.open()).isEqualTo(1);
    }

    @Test
    void growsUpToItsLimitAndKeepsTheTimes() {
        send(Outstanding.MAX);
        assertThat(outstanding.span()).isEqualTo(Outstanding.MAX);
        for (int sequence = 0; sequence < Outstanding.MAX; sequence++) {
            assertThat(outstanding.settle(sequence)).isEqualTo(100 + sequence);
        }
        assertThat(outstanding.open()).isZero();
    }

    @Test
    void goesRoundTheRingWithoutGrowing() {
        for (int round = 0; round < 1000; round++) {
            send(3);
            outstanding.settle(outstanding.head());
            outstanding.settle(outstanding.head());
            outstanding.settle(outstanding.head());
        }
        assertThat(outstanding.open()).isZero();
        assertThat(outstanding.sent()).isEqualTo(3000);
    }

    @Test
    void knowsWhatIsDueButNotSent() {
        outstanding.add(7);
        outstanding.add(8);
        assertThat(outstanding.unsent()).isEqualTo(2);
        assertThat(outstanding.inFlight(0)).isFalse();
        assertThat(outstanding.send()).isEqualTo(7);
        outstanding.send(1, 20);
        assertThat(outstanding.settle(0)).isEqualTo(7);
        assertThat(outstanding.settle(1)).isEqualTo(20);
    }
}
