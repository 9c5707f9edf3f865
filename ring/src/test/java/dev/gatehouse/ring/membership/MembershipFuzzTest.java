package dev.gatehouse.ring.membership;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever happens in whatever order, memberships keep their promises. */
class MembershipFuzzTest {
    private static final int STEPS = 250;

    @FuzzTest
    void history(FuzzedDataProvider data) {
        new World(bound -> data.consumeInt(0, bound - 1), World.Parts.TRUE).run(STEPS);
    }
}
