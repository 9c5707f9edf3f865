package dev.gatehouse.gateway;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A session at one moment.
 *
 * @param id the session's number, as in the log
 * @param user the user's number
 * @param remoteAddress the client
 * @param age since it was accepted
 * @param packetsIn packets received
 * @param packetsOut packets sent
 */
public record SessionView(
        long id, long user, InetSocketAddress remoteAddress, Duration age, long packetsIn, long packetsOut) {}
