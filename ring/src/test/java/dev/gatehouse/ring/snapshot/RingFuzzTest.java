package dev.gatehouse.ring.snapshot;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.function.UnaryOperator;

/** Whatever the memberships, rings own as the protocol says and differ by their transfers. */
class RingFuzzTest {
    @FuzzTest
    void owners(long seed) {
        RingRulesTest.check(RingRulesTest::ring, seed);
    }

    @FuzzTest
    void transfers(long seed) {
        TransfersTest.check(UnaryOperator.identity(), seed);
    }
}
