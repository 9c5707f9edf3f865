package dev.gatehouse.app.operator;

/**
 * Which of the process's standard streams are terminals. The JVM can't ask the system that on every version, so the launcher says
 * it, in the property {@code gatehouse.terminals}: the descriptors 0, 1 and 2 that are.
 */
public final class Terminals {
    private static final String DESCRIPTORS = System.getProperty("gatehouse.terminals", "");

    private Terminals() {}

    /** Whether somebody types commands. */
    public static boolean input() {
        return DESCRIPTORS.contains("0") && DESCRIPTORS.contains("1");
    }

    /** Whether the standard output stream goes to a terminal. */
    public static boolean output() {
        return DESCRIPTORS.contains("1");
    }

    /** Whether the standard error stream goes to a terminal. */
    public static boolean error() {
        return DESCRIPTORS.contains("2");
    }

    /** Whether the standard output stream may be coloured. */
    public static boolean colourOnOutput() {
        return output() && colourWanted();
    }

    /** Whether the standard error stream may be coloured. */
    public static boolean colourOnError() {
        return error() && colourWanted();
    }

    private static boolean colourWanted() {
        String noColor = System.getenv("NO_COLOR");
        return (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }
}
