package dev.gatehouse.net;

/**
 * What one server's connections did on one event loop: plain fields, written by that loop alone and read from outside, where
 * a value may be a moment old.
 */
final class Traffic {
    private static final int REASONS = CloseReason.values().length;

    long opened;
    long refused;
    long bytesIn;
    long bytesOut;
    long messagesIn;
    long messagesOut;
    final long[] closed = new long[REASONS];
}
