package dev.gatehouse.app.cluster;

import dev.gatehouse.ring.snapshot.RingSnapshot;

/** What of the rings is about one service. */
public final class OneService {
    private OneService() {}

    /** The same with only the members of this service, and the pending change if it is one of theirs. */
    public static RingSnapshot of(RingSnapshot rings, String service) {
        return RingSnapshot.of(
                rings.version(),
                rings.settings(),
                rings.members().stream()
                        .filter(member -> member.service().equals(service))
                        .toList(),
                rings.pending()
                        .filter(pending -> pending.transfers().stream()
                                .allMatch(transfer -> transfer.service().equals(service))));
    }
}
