package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector.Level;
import org.junit.jupiter.api.Test;

class LeakDetectionTest {
    @Test
    void isOffWhereNobodyChoseALevel() {
        assertThat(LeakDetection.level(Level.SIMPLE, property -> false)).isEqualTo(Level.DISABLED);
    }

    @Test
    void staysAtALevelThatAPropertyNames() {
        assertThat(LeakDetection.level(Level.SIMPLE, "io.netty.leakDetection.level"::equals))
                .isEqualTo(Level.SIMPLE);
        assertThat(LeakDetection.level(Level.SIMPLE, "io.netty.leakDetectionLevel"::equals))
                .isEqualTo(Level.SIMPLE);
    }

    @Test
    void staysAtALevelThatCodeHasSet() {
        assertThat(LeakDetection.level(Level.ADVANCED, property -> false)).isEqualTo(Level.ADVANCED);
    }
}
