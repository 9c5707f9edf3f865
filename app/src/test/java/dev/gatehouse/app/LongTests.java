package dev.gatehouse.app;

/** The tests that {@code ./verify --full} adds. */
public final class LongTests {
    private LongTests() {}

    /** Whether they are run. */
    public static boolean run() {
        return !System.getProperty("test.tags.excluded", "").contains("long");
    }
}
