package dev.gatehouse.app.connect;

/** A packet that came; the payload is its own. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record Received(int opcode, byte[] payload) {}
