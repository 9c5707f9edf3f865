package kv;

/** Moments at which keys expire, in milliseconds. */
final class Expiry {
    static final int MILLISECOND = 1;
    static final int SECOND = 1000;

    private Expiry() {}

    /** {@code value} units of so many milliseconds after {@code now}; an error of the command if that is beyond all time. */
    static long at(long now, long value, int unitMillis, String command) {
        if (value > Entry.NEVER / unitMillis || value < Long.MIN_VALUE / unitMillis) {
            throw CommandException.invalidExpire(command);
        }
        long millis = value * unitMillis;
        if (now > 0 ? millis >= Entry.NEVER - now : millis < Long.MIN_VALUE - now) {
            throw CommandException.invalidExpire(command);
        }
        return now + millis;
    }
}
