package dev.gatehouse.ring.snapshot;

import java.util.List;

/**
 * What of a member decides who owns: rings of equal seats are equal. Members outside have none.
 *
 * @param id the member's
 * @param mark what its points are hashed from
 * @param weight its share beside the others
 * @param owner whether it owns; else it is covered
 * @param backups the ids that cover it, the first preferred; empty while it owns
 */
record Seat(String id, String mark, int weight, boolean owner, List<String> backups) {}
