package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ErrorCode;
import dev.gatehouse.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final ManualTicker ticker = new ManualTicker();
    private final LoopClock clock = new LoopClock(ticker, Duration.ofSeconds(1), Duration.ofSeconds(1));
    private final List<String> lines = new ArrayList<>();
    private final RefusalLog log = new RefusalLog(lines::add, clock);

    private void refuse(int times) {
        Visit visit = new Visit(new RecordingPeer(7), "key", 0, new Heartbeat(new RecordingPeer(7), clock, 1, 1));
        for (int i = 0; i < times; i++) {
            log.log(visit, ErrorCode.FULL, "too many");
        }
    }

    private void pass(Duration time) {
        ticker.advance(time);
        clock.read();
        log.turn();
    }

    @Test
    void saysWhoWasRefusedAndWhy() {
        refuse(1);
        assertThat(lines).containsExactly("7 refused: FULL: too many");
    }

    @Test
    void saysFewASecondAndHowManyItLeftOut() {
        refuse(RefusalLog.LINES_MAX + 30);
        assertThat(lines).hasSize(RefusalLog.LINES_MAX);
        pass(Duration.ofMillis(999));
        assertThat(lines).hasSize(RefusalLog.LINES_MAX);
        pass(Duration.ofMillis(1));
        assertThat(lines)
                .hasSize(RefusalLog.LINES_MAX + 1)
                .last()
                .isEqualTo("30 more refused connections are not logged");
        refuse(1);
        assertThat(lines).last().isEqualTo("7 refused: FULL: too many");
        pass(Duration.ofSeconds(2));
        assertThat(lines).hasSize(RefusalLog.LINES_MAX + 2);
    }
}
