package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

/** Holds transfers against the rings before and after, by the protocol's words on ranges. */
final class TransferRules {
    private final RingAlgorithm algorithm;
    private final List<Transfer> transfers;

    TransferRules(RingAlgorithm algorithm, List<Transfer> transfers) {
        this.algorithm = algorithm;
        this.transfers = transfers;
    }

    /** A hash is in one transfer if its owner changes to another member, and in none otherwise. */
    void check(Ring before, Ring after, long hash, String where) {
        Optional<String> from = before.owner(hash).map(RingMember::id);
        Optional<String> to = after.owner(hash).map(RingMember::id);
        List<Transfer> of =
                transfers.stream().filter(t -> contains(t.range(), hash)).toList();
        if (to.isEmpty() || to.equals(from)) {
            assertThat(of)
                    .as("transfers of %s that stays with %s, %s", Long.toUnsignedString(hash), from, where)
                    .isEmpty();
        } else {
            assertThat(of)
                    .as("transfers of %s from %s to %s, %s", Long.toUnsignedString(hash), from, to, where)
                    .singleElement()
                    .satisfies(transfer -> {
                        assertThat(transfer.from()).isEqualTo(from);
                        assertThat(transfer.to()).isEqualTo(to.get());
                    });
        }
    }

    /** (start, end] or [start, end), over the top where end isn't above start. */
    private boolean contains(HashRange range, long hash) {
        boolean firstHalf = algorithm == RingAlgorithm.STATHAT
                ? Long.compareUnsigned(hash, range.start()) >= 0
                : Long.compareUnsigned(hash, range.start()) > 0;
        boolean secondHalf = algorithm == RingAlgorithm.STATHAT
                ? Long.compareUnsigned(hash, range.end()) < 0
                : Long.compareUnsigned(hash, range.end()) <= 0;
        return Long.compareUnsigned(range.start(), range.end()) < 0 ? firstHalf && secondHalf : firstHalf || secondHalf;
    }
}
