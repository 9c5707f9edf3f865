package dev.gatehouse.etcd;

import dev.gatehouse.ring.Member;
import io.etcd.jetcd.api.KeyValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members that the keys of a registry name. A key or value that makes no sense, or that is too many, is passed over, with a line in the log. On the registry's thread. */
final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:\\[\\]/@\\s]+)):([0-9]{1,5})");
    private static final int SHOWN_MAX = 200;

    private final String prefix;
    private final int membersMax;
    private final Map<String, Map<String, Member>> services = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private int count;
    private boolean full;

    Backends(String prefix, int membersMax) {
        this.prefix = prefix;
        this.membersMax = membersMax;
    }

    /** Whose a key is. */
    private record Place(String service, String id) {}

    /** Forgets all; what comes next is all that there is. */
    void reset() {
        changed.addAll(services.keySet());
        services.clear();
        count = 0;
        full = false;
    }

    void put(KeyValue backend) {
        String key = backend.getKey().toStringUtf8();
        Place place = place(key);
        try {
            put(place, member(place.id(), backend.getValue().toStringUtf8()));
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

    private void put(Place place, Member member) {
        Map<String, Member> members = services.getOrDefault(place.service(), Map.of());
        if (!members.containsKey(place.id()) && count == membersMax) {
            leaveOut();
            return;
        }
        if (services.computeIfAbsent(place.service(), name -> new TreeMap<>()).put(place.id(), member) == null) {
            count++;
        }
        changed.add(place.service());
    }

    private void leaveOut() {
        if (!full) {
            full = true;
            LOG.warn("etcd has more than {} backends: the others are left out", membersMax);
        }
    }

    private void remove(Place place) {
        Map<String, Member> members = services.getOrDefault(place.service(), Map.of());
        if (!members.containsKey(place.id())) {
            return;
        }
        members.remove(place.id());
        if (members.isEmpty()) {
            services.remove(place.service());
        }
        count--;
        changed.add(place.service());
    }

    private Place place(String key) {
        String[] names = key.substring(prefix.length()).split("/", 2);
        return new Place(names[0], names.length < 2 ? "" : names[1]);
    }

    /** @throws IllegalArgumentException if the address isn't {@code HOST:PORT}, or the id none */
    static Member member(String id, String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("address: " + address + " (expected: HOST:PORT)");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Member.of(id, host, Integer.parseInt(matcher.group(3)));
    }

    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > SHOWN_MAX ? line.substring(0, SHOWN_MAX) : line;
    }
}
