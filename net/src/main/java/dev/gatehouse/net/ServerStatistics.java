package dev.gatehouse.net;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a server has done since its start.
 *
 * @param opened connections accepted
 * @param refused connections refused because of a limit; they count as closed too, but not as opened
 * @param acceptFailures how often a listener could not accept
 * @param errorsDropped errors that the error listener was too slow for
 * @param bytesIn bytes received, as the socket gave them (with TLS: decrypted)
 * @param bytesOut bytes given to the socket, framing included
 * @param messagesIn messages delivered to handlers
 * @param messagesOut messages sent
 * @param closed ended connections by their reason; every reason is there
 */
public record ServerStatistics(
        long opened,
        long refused,
        long acceptFailures,
        long errorsDropped,
        long bytesIn,
        long bytesOut,
        long messagesIn,
        long messagesOut,
        Map<CloseReason, Long> closed) {

    public ServerStatistics {
        closed = Collections.unmodifiableMap(new EnumMap<>(closed));
    }

    /** How many connections ended for this reason. */
    public long closed(CloseReason reason) {
        return closed.getOrDefault(reason, 0L);
    }

    static ServerStatistics sum(List<Traffic> loops, long acceptFailures, long errorsDropped) {
        Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);
        for (CloseReason reason : CloseReason.values()) {
            closed.put(
                    reason,
                    loops.stream().mapToLong(t -> t.closed[reason.ordinal()]).sum());
        }
        return new ServerStatistics(
                loops.stream().mapToLong(t -> t.opened).sum(),
                loops.stream().mapToLong(t -> t.refused).sum(),
                acceptFailures,
                errorsDropped,
                loops.stream().mapToLong(t -> t.bytesIn).sum(),
                loops.stream().mapToLong(t -> t.bytesOut).sum(),
                loops.stream().mapToLong(t -> t.messagesIn).sum(),
                loops.stream().mapToLong(t -> t.messagesOut).sum(),
                closed);
    }
}
