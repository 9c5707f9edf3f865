package dev.gatehouse.ring;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Members from the configuration; they change when {@link #replace} says so. */
public final class StaticRegistry implements Registry {
    private final ConcurrentHashMap<String, List<Member>> services = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();

    public StaticRegistry(Map<String, List<Member>> services) {
        services.forEach((service, members) -> this.services.put(service, sorted(members)));
    }

    @Override
    public List<Member> members(String service) {
        return services.getOrDefault(service, List.of());
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Sets the members of one service, and tells the listeners if that is a change. */
    public void replace(String service, List<Member> members) {
        List<Member> now = sorted(members);
        List<Member> before = services.put(service, now);
        if (!now.equals(before)) {
            listeners.forEach(l -> l.changed(service));
        }
    }

    private static List<Member> sorted(List<Member> members) {
        List<Member> sorted =
                members.stream().sorted(Comparator.comparing(Member::id)).toList();
        if (sorted.stream().map(Member::id).distinct().count() < sorted.size()) {
            throw new IllegalArgumentException("members: " + sorted + " (expected: distinct ids)");
        }
        return sorted;
    }
}
