package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
    @Test
    void runsAsManyThreadsAsAskedFor() {
        try (EventLoops loops = EventLoops.builder()
                .transport(Transport.NIO)
                .threads(3)
                .name("test-loops")
                .build()) {
            assertThat(loops.size()).isEqualTo(3);
            assertThat(loops.transport()).isEqualTo(Transport.NIO);
            for (int i = 0; i < 3; i++) {
                String name = loops.get(i)
                        .submit(() -> Thread.currentThread().getName())
                        .syncUninterruptibly()
                        .getNow();
                assertThat(name).startsWith("test-loops-");
            }
        }
    }

    @Test
    void takesTheBestTransportByDefault() {
        try (EventLoops loops = EventLoops.create()) {
            assertThat(loops.transport()).isEqualTo(Transport.best());
            assertThat(Transport.best().available()).isTrue();
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventLoops.builder().threads(0))
                .withMessage("threads: 0 (expected: 1..1024)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventLoops.builder().sweepInterval(Duration.ZERO))
                .withMessage("sweepInterval: PT0S (expected: above 0)");
    }
}
