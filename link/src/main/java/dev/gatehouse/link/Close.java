package dev.gatehouse.link;

/**
 * What a close entry says.
 *
 * @param code the number of a {@link CloseCode}, or another one of a later version
 * @param text why, for people; at most {@value #TEXT_BYTES_MAX} bytes of it are sent
 */
public record Close(int code, String text) {

    /** The longest text that is sent, in bytes. */
    public static final int TEXT_BYTES_MAX = 1024;

    /** Whether this is for the reason of a code. */
    public boolean is(CloseCode reason) {
        return code == reason.number();
    }
}
