package dev.gatehouse.ring;

import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Members and rings as a coordinator publishes them: the newest snapshot that was given counts. Before the first one there are no members.
 *
 * <p>A service's members here are those on its circle: the ones that own, and the ones that are covered while they are down. Who
 * is drained, or new and not yet an owner, is none.
 */
public final class RingRegistry implements Registry {
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile RingSnapshot current =
            RingSnapshot.of(RingVersion.NONE, RingSettings.DEFAULT, List.of(), Optional.empty());

    @Override
    public List<Member> members(String service) {
        return current.members().stream()
                .filter(member -> member.service().equals(service) && member.standing() != Standing.OUTSIDE)
                .map(RingMember::node)
                .map(Member::of)
                .toList();
    }

    @Override
    public Optional<RingSnapshot> rings(String service) {
        return Optional.of(current);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Takes a snapshot over if it is newer than the current one, and tells the listeners of each service that is in either. Rings that have changed
     * and were in use are laid during the call, see {@link RingSnapshot#reusing}.
     *
     * @return whether it was newer
     */
    public synchronized boolean accept(RingSnapshot snapshot) {
        RingSnapshot before = current;
        if (snapshot.version().compareTo(before.version()) <= 0) {
            return false;
        }
        current = snapshot.reusing(before);
        Set<String> services = new TreeSet<>(before.services());
        services.addAll(snapshot.services());
        services.forEach(service -> listeners.forEach(listener -> listener.changed(service)));
        return true;
    }
}
