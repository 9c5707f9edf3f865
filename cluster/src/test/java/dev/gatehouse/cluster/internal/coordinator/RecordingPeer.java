package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.internal.message.Message;
import java.util.ArrayList;
import java.util.List;

/** A connection that a test plays by hand. */
final class RecordingPeer implements Peer {
    final List<Message> sent = new ArrayList<>();

    private final long id;

    RecordingPeer(long id) {
        this.id = id;
    }

    /** The number of the ping that was sent last. */
    int lastPing() {
        return sent.stream()
                .filter(Message.Ping.class::isInstance)
                .map(Message.Ping.class::cast)
                .reduce((before, after) -> after)
                .orElseThrow()
                .number();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public void send(Message message) {
        sent.add(message);
    }

    @Override
    public void publish(byte[] ring) {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void trust() {}

    @Override
    public void close(Message.Failure failure) {
        send(failure);
    }

    @Override
    public void close() {}
}
