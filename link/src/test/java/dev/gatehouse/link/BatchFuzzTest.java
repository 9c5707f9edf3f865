package dev.gatehouse.link;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;

/** Whatever comes as a batch, we and generated code read the same. */
class BatchFuzzTest {
    @FuzzTest
    void parse(byte[] input) {
        Batches.assertAgrees(input, HexFormat.of().formatHex(input));
    }
}
