package dev.gatehouse.app.metrics;

/**
 * What a node of a service has done since its start.
 *
 * @param users users attached now
 * @param packetsIn packets from users
 * @param packetsOut packets to users
 * @param dropped packets to users that found no room, or nobody
 * @param misplaced attachments that it refused, because an older ring than its own had placed them
 */
public record ServiceStatistics(int users, long packetsIn, long packetsOut, long dropped, long misplaced) {}
