package dev.gatehouse.ring.snapshot;

import java.util.List;

/**
 * How long the body of RING (PROTOCOLS.md, section 3) is at most, in bytes: worked out, not written. Its parts add up. What isn't a name is counted
 * as long as it may be, a character as JSON may need it. Any thread.
 */
public final class RingLength {
    /** {@code {"epoch":..,"version":..,"algorithm":..,"points":..,"boundPercent":..,"members":[],"pending":{"transferId":..,"transfers":[]}}}. */
    private static final long HEAD = 256;

    /** {@code {"id":"","name":"","service":"","address":"","port":65535,"weight":100,"backups":[],"state":0,"placement":0,"draining":false},}. */
    private static final long MEMBER = 128;

    /** {@code "",} around a backup's id. */
    private static final int BACKUP = 3;

    /** {@code {"service":"","from":null,"to":"","start":"","end":""},} with two hashes of 20 digits. */
    private static final long TRANSFER = 96;

    private RingLength() {}

    /** Of what isn't members and transfers. */
    public static long ofHead() {
        return HEAD;
    }

    /** Of a member. */
    public static long of(RingMember member) {
        return of(member.node());
    }

    /** Of a member that is this node. */
    public static long of(Node node) {
        return MEMBER
                + node.id().length()
                + text(node.name())
                + node.service().length()
                + text(node.address())
                + node.backups().stream()
                        .mapToLong(backup -> BACKUP + backup.length())
                        .sum();
    }

    /** Of transfers. */
    public static long of(List<Transfer> transfers) {
        return transfers.stream()
                .mapToLong(transfer -> ofTransfer(
                        transfer.service().length(),
                        transfer.from().map(String::length).orElse(0),
                        transfer.to().length()))
                .sum();
    }

    /** Of a transfer between members with ids of these lengths, of a service with a name of this length. */
    public static long ofTransfer(int service, int from, int to) {
        return TRANSFER + service + from + to;
    }

    /** A text with its escapes, in UTF-8. */
    private static long text(String text) {
        return text.chars().mapToLong(RingLength::character).sum();
    }

    private static long character(int character) {
        if (character < 0x80) {
            return character == '"' || character == '\\' ? 2 : 1;
        } else if (character < 0x800) {
            return 2;
        }
        // Half of what is outside the basic plane may be written as an escape.
        return Character.isSurrogate((char) character) ? 6 : 3;
    }
}
