package dev.gatehouse.net;

/** A clock that only goes forward; tests give one that they move by hand. Any thread. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since some fixed moment. */
    long nanos();

    /** The machine's. */
    static Ticker system() {
        return System::nanoTime;
    }
}
