package dev.gatehouse.cluster.internal.participant;

import java.util.List;
import java.util.Optional;

/** The coordinators' addresses in turn, but first whom another one named as the leader. On the link's event loop. */
final class CoordinatorAddresses {
    private final List<String> addresses;
    private int next;
    private Optional<String> leader = Optional.empty();

    CoordinatorAddresses(List<String> addresses) {
        this.addresses = addresses;
    }

    String next() {
        if (leader.isPresent()) {
            String named = leader.get();
            leader = Optional.empty();
            return named;
        }
        String address = addresses.get(next);
        next = (next + 1) % addresses.size();
        return address;
    }

    /** The next one is this. */
    void leader(String address) {
        leader = Optional.of(address);
    }
}
