package dev.gatehouse.gateway.internal.link;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes that links go to, with their counters on each event loop. A node whose last link is closed stays for a while, so that whoever reads the statistics
 * sees what happened in the end; then it goes, because ids may come once and never again. Any thread; it is asked when links come and go, not for packets.
 */
public final class LinkedNodes {
    /** How long a node is remembered without a link: several scrapes. */
    static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::service).thenComparing(Key::node);

    private final Map<Key, Linked> nodes = new ConcurrentHashMap<>();

    /**
     * A service's node.
     *
     * @param service the service's name
     * @param node the node's id
     */
    public record Key(String service, String node) {}

    /** A node with so many links, of all event loops; {@code sinceNanos} says since when, if there are none. */
    private record Linked(Map<EventLoop, NodeCounters> counters, int links, long sinceNanos) {
        Linked withLinks(int now, long nanos) {
            return new Linked(counters, now, nanos);
        }

        boolean isOver(long nanos) {
            return links == 0 && nanos - sinceNanos >= REMEMBERED.toNanos();
        }
    }

    /** A link of an event loop goes to a node from now on; the counters that it shares with the loop's other links to that id. */
    NodeCounters linked(String service, String node, EventLoop loop) {
        return nodes.compute(new Key(service, node), (key, known) -> {
                    Linked before = known == null ? new Linked(new ConcurrentHashMap<>(), 0, 0) : known;
                    return before.withLinks(before.links + 1, 0);
                })
                .counters()
                .computeIfAbsent(loop, first -> new NodeCounters());
    }

    /** A link to a node is closed. */
    void unlinked(String service, String node, long nanos) {
        nodes.computeIfPresent(new Key(service, node), (key, known) -> known.withLinks(known.links - 1, nanos));
    }

    /** Forgets those that have had no link for long. */
    public void forget(long nanos) {
        nodes.forEach((key, node) -> {
            if (node.isOver(nanos)) {
                // Unless it has one again by now.
                nodes.computeIfPresent(key, (same, now) -> now.isOver(nanos) ? null : now);
            }
        });
    }

    /** What each event loop has counted, by service and node. */
    public SortedMap<Key, List<NodeCounters>> counters() {
        SortedMap<Key, List<NodeCounters>> all = new TreeMap<>(ORDER);
        nodes.forEach((key, node) -> all.put(key, List.copyOf(node.counters().values())));
        return all;
    }
}
