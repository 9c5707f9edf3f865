package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.RouteConfig;

/**
 * A route with the numbers that counters and sessions use.
 *
 * @param index 1..n; 0 stands for the gateway's own packets
 * @param service index of its service
 */
record Route(RouteConfig config, int index, int service) {}
