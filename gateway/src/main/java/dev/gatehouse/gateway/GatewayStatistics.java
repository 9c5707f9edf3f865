package dev.gatehouse.gateway;

import dev.gatehouse.net.ServerStatistics;
import dev.gatehouse.protocol.EndReason;
import java.util.List;
import java.util.Map;

/**
 * What a gateway has done since its start: sums over the event loops' counters. A value may be a moment old.
 *
 * @param connections what the listener did
 * @param sessions sessions that exist now
 * @param users users logged in now
 * @param logins sessions whose login was acknowledged
 * @param ended ended sessions by reason; every reason is there
 * @param routes by route, and first the gateway's own packets as route {@code gateway}
 * @param opcodes handling by opcode, for each opcode that came, heartbeats left out
 * @param services by service, for each that routes name
 * @param nodes by service and node, for each node that is linked, or was within the last minutes; one that comes back later begins at 0
 */
public record GatewayStatistics(
        ServerStatistics connections,
        int sessions,
        int users,
        long logins,
        Map<EndReason, Long> ended,
        List<Route> routes,
        List<Opcode> opcodes,
        List<Service> services,
        List<Node> nodes) {

    /**
     * One route.
     *
     * @param name as configured
     * @param packetsIn packets from clients
     * @param packetsOut packets to clients
     * @param bytesIn their bytes, opcode and payload
     * @param bytesOut their bytes, opcode and payload
     * @param dropped packets that a policy for slow clients dropped
     */
    public record Route(String name, long packetsIn, long packetsOut, long bytesIn, long bytesOut, long dropped) {}

    /**
     * One opcode.
     *
     * @param opcode its number
     * @param name its configured name, or its number
     * @param packets packets handled
     * @param handlingNanos time that the gateway spent on them, in all, as one packet of sixteen tells
     */
    public record Opcode(int opcode, String name, long packets, long handlingNanos) {}

    /**
     * One service.
     *
     * @param name as configured
     * @param waiting sessions that have no node of it now and wait for one
     * @param ringEpoch with {@code ringVersion} the ring by which its users are placed; 0 without one
     * @param ringVersion see {@code ringEpoch}
     */
    public record Service(String name, int waiting, long ringEpoch, long ringVersion) {}

    /**
     * One node.
     *
     * @param service its service
     * @param node its id
     * @param liveLinks links (one an event loop) that are up
     * @param attachments sessions attached to it
     * @param forwarded packets given to its attachments
     * @param returned packets of its attachments that went to their sessions
     * @param stale packets of finished attachments, which were dropped
     * @param lostAttachments attachments that broke with the node
     * @param misplaced sessions that the node refused, because it knows of a newer ring than the one that placed them there
     * @param pings round trips measured
     * @param pingNanos their time, in all
     */
    public record Node(
            String service,
            String node,
            int liveLinks,
            int attachments,
            long forwarded,
            long returned,
            long stale,
            long lostAttachments,
            long misplaced,
            long pings,
            long pingNanos) {}
}
