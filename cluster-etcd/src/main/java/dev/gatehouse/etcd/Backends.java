package dev.gatehouse.etcd;

import dev.gatehouse.ring.Member;
import io.etcd.jetcd.api.KeyValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members that the keys of a registry name. A key or value that makes no sense is passed over, with a line in the log. On the registry's thread. */
final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
    private static final int SHOWN_MAX = 200;

    private final String prefix;
    private final Map<String, Map<String, Member>> services = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    Backends(String prefix) {
        this.prefix = prefix;
    }

    /** Whose a key is. */
    private record Place(String service, String id) {}

    /** Forgets all; what comes next is all that there is. */
    void reset() {
        changed.addAll(services.keySet());
        services.clear();
    }

    void put(KeyValue backend) {
        String key = backend.getKey().toStringUtf8();
        Place place = place(key);
        try {
            Member member = member(place.id(), backend.getValue().toStringUtf8());
            services.computeIfAbsent(place.service(), name -> new TreeMap<>()).put(place.id(), member);
            changed.add(place.service());
        } catch (IllegalArgumentException e) {
            LOG.warn("etcd's key {} is passed over: {}", printable(key), printable(String.valueOf(e.getMessage())));
            remove(place);
        }
    }

    void delete(KeyValue backend) {
        remove(place(backend.getKey().toStringUtf8()));
    }

    /** The services that have changed since the last call, and their members now. */
    Map<String, List<Member>> takeChanges() {
        Map<String, List<Member>> now = changed.stream()
                .collect(Collectors.toMap(
                        service -> service,
                        service -> List.copyOf(
                                services.getOrDefault(service, Map.of()).values())));
        changed.clear();
        return now;
    }

    private void remove(Place place) {
        Map<String, Member> members = services.get(place.service());
        if (members != null && members.remove(place.id()) != null) {
            changed.add(place.service());
        }
    }

    private Place place(String key) {
        String[] names = key.substring(prefix.length()).split("/", 2);
        return new Place(names[0], names.length < 2 ? "" : names[1]);
    }

    private static Member member(String id, String address) {
        try {
            URI uri = new URI("tcp://" + address);
            if (uri.getHost() != null && ("tcp://" + address).equals("tcp://" + uri.getHost() + ":" + uri.getPort())) {
                return Member.of(id, uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort());
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException("its value: " + address + " (expected: HOST:PORT)");
    }

    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > SHOWN_MAX ? line.substring(0, SHOWN_MAX) : line;
    }
}
