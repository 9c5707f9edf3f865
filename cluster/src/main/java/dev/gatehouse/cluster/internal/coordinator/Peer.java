package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.internal.message.Message;

/** The coordinator's side of one connection, as its rules see it. On the coordinator's event loop. */
interface Peer {
    /** The connection's number, with which log lines begin. */
    long id();

    /** Sends a message. */
    void send(Message message);

    /** Sends the message RING, encoded; while there is no room only the newest one waits. */
    void publish(byte[] ring);

    /** Whether there is room for more. */
    boolean writable();

    /** Lets it send bodies of up to 16 MiB from its next message on. */
    void trust();

    /** Sends ERROR, if there is something to say, and closes in order. */
    void close(Message.Failure failure);

    /** Closes in order. */
    void close();
}
