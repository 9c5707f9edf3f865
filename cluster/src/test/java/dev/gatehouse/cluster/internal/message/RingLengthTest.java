package dev.gatehouse.cluster.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.snapshot.HashRange;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingLength;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import dev.gatehouse.ring.snapshot.Transfer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RING as it is written is never longer than {@link RingLength} says, and not much shorter. */
class RingLengthTest {
    private static final int HEADER_BYTES = 12;
    private static final List<String> CHARACTERS = List.of("a", "\"", "\\", "é", "€", "\ud83d\ude00", "\u2028", "/");

    private final Random random = new Random(1);

    private String text(int lengthMax) {
        StringBuilder text = new StringBuilder();
        while (text.length() < lengthMax) {
            text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return text.toString();
    }

    private RingMember member(int number) {
        String id = "node-" + number + "-" + "x".repeat(random.nextInt(50));
        Node node = new Node(
                id,
                text(random.nextInt(200)),
                "service",
                "h" + text(random.nextInt(100)),
                65_535,
                100,
                Collections.nCopies(random.nextInt(17), id));
        return new RingMember(node, NodeState.IMPORTING, Standing.COVERED, random.nextBoolean());
    }

    private Transfer transfer(RingMember to) {
        Optional<String> from = random.nextBoolean() ? Optional.empty() : Optional.of("someone");
        return new Transfer("service", from, to.id(), new HashRange(-1L - random.nextInt(9), random.nextLong()));
    }

    private static long length(RingSnapshot rings) {
        return MessageCodec.encode(new Message.Ring(rings)).length - (long) HEADER_BYTES;
    }

    private static long said(List<RingMember> members, List<Transfer> transfers) {
        return RingLength.ofHead() + members.stream().mapToLong(RingLength::of).sum() + RingLength.of(transfers);
    }

    @Test
    void isNeverLonger() {
        RingVersion last = new RingVersion(Long.MAX_VALUE, Long.MAX_VALUE);
        RingSettings settings = new RingSettings(RingAlgorithm.STATHAT, 65_536, 1000);
        assertThat(length(RingSnapshot.of(
                        last, settings, List.of(), Optional.of(new PendingTransfers(Long.MAX_VALUE, List.of())))))
                .isLessThanOrEqualTo(RingLength.ofHead());
        for (int round = 0; round < 500; round++) {
            List<RingMember> members = new ArrayList<>();
            List<Transfer> transfers = new ArrayList<>();
            for (int number = random.nextInt(4); number >= 0; number--) {
                members.add(member(number));
                transfers.add(transfer(members.getLast()));
            }
            RingSnapshot rings = RingSnapshot.of(
                    last, settings, members, Optional.of(new PendingTransfers(Long.MAX_VALUE, transfers)));
            assertThat(length(rings)).isLessThanOrEqualTo(said(members, transfers));
        }
    }

    @Test
    void isAboutAsLongWhereNamesArePlain() {
        List<RingMember> members = new ArrayList<>();
        List<Transfer> transfers = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            members.add(RingMember.owner(Node.of("node" + number, "service", "10.0.0.1", 7000)));
            transfers.add(transfer(members.getLast()));
        }
        RingSnapshot rings = RingSnapshot.of(
                new RingVersion(1, 1), RingSettings.DEFAULT, members, Optional.of(new PendingTransfers(1, transfers)));
        assertThat(length(rings)).isGreaterThan(said(members, transfers) * 9 / 10);
    }

    @Test
    void survivesATextThatIsNoUnicode() {
        RingMember broken = RingMember.owner(new Node("n", "\ud800", "service", "\udc00x", 7000, 1, List.of()));
        RingSnapshot rings =
                RingSnapshot.of(new RingVersion(1, 1), RingSettings.DEFAULT, List.of(broken), Optional.empty());
        byte[] ring = MessageCodec.encode(new Message.Ring(rings));
        assertThat(new String(ring, HEADER_BYTES, ring.length - HEADER_BYTES, UTF_8))
                .contains("\"n\"");
        assertThat((long) ring.length - HEADER_BYTES).isLessThanOrEqualTo(said(List.of(broken), List.of()));
    }
}
