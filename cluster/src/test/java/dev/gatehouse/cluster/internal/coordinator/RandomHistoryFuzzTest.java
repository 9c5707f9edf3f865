package dev.gatehouse.cluster.internal.coordinator;

import com.code_intelligence.jazzer.junit.FuzzTest;

class RandomHistoryFuzzTest {
    @FuzzTest
    void holdsThroughFaultsOfAnySeed(long seed) {
        new RandomHistoryTest().holdsThroughFaults(seed);
    }
}
