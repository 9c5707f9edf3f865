package dev.gatehouse.app.fault;

/** What a test measured, in its output, for reports. */
final class Figures {
    private Figures() {}

    @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"})
    static void report(String format, Object... arguments) {
        System.out.println("FIGURES " + String.format(format, arguments));
    }
}
