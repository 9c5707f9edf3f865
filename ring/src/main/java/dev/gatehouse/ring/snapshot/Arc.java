package dev.gatehouse.ring.snapshot;

/**
 * A part of the circle that belongs to one member.
 *
 * @param range which hashes
 * @param owner the member's id
 */
public record Arc(HashRange range, String owner) {}
