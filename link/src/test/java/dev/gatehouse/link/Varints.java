package dev.gatehouse.link;

/** Varints that aren't. */
final class Varints {
    private static final int BYTES_MAX = 10;

    private Varints() {}

    /**
     * Whether a varint may be in these bytes whose tenth byte says that another one follows. The format knows none, and we refuse it; generated code of
     * Java takes it in some places and refuses it in others.
     */
    static boolean mayBeEndless(byte[] encoded) {
        int continued = 0;
        for (byte each : encoded) {
            continued = each < 0 ? continued + 1 : 0;
            if (continued == BYTES_MAX) {
                return true;
            }
        }
        return false;
    }
}
