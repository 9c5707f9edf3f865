package dev.gatehouse.app.coordinators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a {@link Recorder} saw, in the order in which it saw it.
 *
 * <pre>
 *   ring MILLIS OBSERVER EPOCH VERSION MEMBERS OWNERS
 *   end MILLIS OBSERVER
 * </pre>
 *
 * <p>MEMBERS are ids with their standings, OWNERS those of {@value #KEYS} keys.
 */
record Recording(List<Seen> rings, List<Ended> ends) {
    /** What the names of those begin with who watch one coordinator only; its address follows. */
    static final String PINNED = "at:";

    private static final int KEYS = 64;
    private static final String OWNER = "=" + Standing.OWNER;

    /** A ring, and who saw it. */
    record Seen(long millis, String observer, RingVersion version, String members, String owners) {
        boolean pinned() {
            return observer.startsWith(PINNED);
        }

        /** The ids of the members that own. */
        List<String> owning() {
            return words(members)
                    .filter(member -> member.endsWith(OWNER))
                    .map(member -> member.substring(0, member.length() - OWNER.length()))
                    .toList();
        }

        List<String> ownersOfKeys() {
            return words(owners).toList();
        }

        private static Stream<String> words(String list) {
            return Stream.of(list.substring(1, list.length() - 1).split(",", -1))
                    .filter(word -> !word.isEmpty());
        }
    }

    /** A connection to a coordinator ended, or couldn't be made. */
    record Ended(long millis, String observer) {}

    static void write(String observer, RingSnapshot rings) {
        String members = rings.members().stream()
                .map(member -> member.id() + "=" + member.standing())
                .collect(Collectors.joining(","));
        String owners = rings.services().stream()
                .flatMap(service -> IntStream.range(0, KEYS)
                        .mapToObj(key -> rings.ring(service).owner(Integer.toString(key)))
                        .map(owner -> owner.map(RingMember::id).orElse("nobody")))
                .collect(Collectors.joining(","));
        RingVersion version = rings.version();
        line("ring", observer, version.epoch() + " " + version.version() + " [" + members + "] [" + owners + "]");
    }

    static void end(String observer) {
        line("end", observer, "");
    }

    private static void line(String what, String observer, String rest) {
        System.out.println(what + " " + System.currentTimeMillis() + " " + observer + " " + rest);
    }

    static Recording read(List<String> lines) {
        List<Seen> rings = new ArrayList<>();
        List<Ended> ends = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            long millis = Long.parseLong(words[1]);
            if (words[0].equals("ring")) {
                RingVersion version = new RingVersion(Long.parseLong(words[3]), Long.parseLong(words[4]));
                rings.add(new Seen(millis, words[2], version, words[5], words[6]));
            } else {
                ends.add(new Ended(millis, words[2]));
            }
        }
        return new Recording(rings, ends);
    }

    /** The last epoch of which a ring was seen; 0 for none. */
    long epoch() {
        return rings.stream().mapToLong(seen -> seen.version().epoch()).max().orElse(0);
    }

    /** The coordinator that published in this epoch. */
    Optional<String> leader(long epoch) {
        return first(epoch).map(seen -> seen.observer().substring(PINNED.length()));
    }

    /** The first ring of an epoch, at the coordinator that published it. */
    Optional<Seen> first(long epoch) {
        return rings.stream()
                .filter(Seen::pinned)
                .filter(seen -> seen.version().epoch() == epoch)
                .findFirst();
    }

    /** Holds what was seen to what must be true of it. */
    void check() {
        oneOwnerInEachVersion();
        versionsNeverGoBack();
        oneCoordinatorInEachEpoch();
        epochsFollowEachOther();
        leadersKeepMembersAndOwners();
    }

    private void oneOwnerInEachVersion() {
        Map<RingVersion, Seen> known = new HashMap<>();
        for (Seen seen : rings) {
            Seen first = known.computeIfAbsent(seen.version(), version -> seen);
            assertThat(seen.owners()).as("owners of %s and %s", first, seen).isEqualTo(first.owners());
            assertThat(seen.members()).as("members of %s and %s", first, seen).isEqualTo(first.members());
        }
    }

    private void versionsNeverGoBack() {
        Map<String, Seen> last = new HashMap<>();
        for (Seen seen : rings) {
            Seen before = last.put(seen.observer(), seen);
            assertThat(before == null || before.version().compareTo(seen.version()) <= 0)
                    .as("%s after %s", seen, before)
                    .isTrue();
        }
    }

    private void oneCoordinatorInEachEpoch() {
        Map<Long, String> publishers = new HashMap<>();
        rings.stream()
                .filter(Seen::pinned)
                .forEach(seen -> assertThat(
                                publishers.computeIfAbsent(seen.version().epoch(), epoch -> seen.observer()))
                        .as("who else published in the epoch of %s", seen)
                        .isEqualTo(seen.observer()));
    }

    /** Nobody publishes any more in an epoch when the next one has begun. */
    private void epochsFollowEachOther() {
        TreeMap<Long, List<Seen>> epochs = rings.stream()
                .filter(Seen::pinned)
                .collect(Collectors.groupingBy(seen -> seen.version().epoch(), TreeMap::new, Collectors.toList()));
        long ended = 0;
        for (List<Seen> epoch : epochs.values()) {
            assertThat(epoch.getFirst().millis())
                    .as("begin of the epoch of %s", epoch.getFirst())
                    .isGreaterThanOrEqualTo(ended);
            ended = epoch.stream()
                    .map(Seen::millis)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /** A new leader begins with the owners that there were. At most a join ends with it: then some keys have gone to the node that is new among them. */
    private void leadersKeepMembersAndOwners() {
        TreeMap<RingVersion, Seen> versions = new TreeMap<>();
        rings.forEach(seen -> versions.putIfAbsent(seen.version(), seen));
        Optional<Seen> last = Optional.empty();
        for (Seen next : versions.values()) {
            last.filter(before -> before.version().epoch() < next.version().epoch())
                    .ifPresent(before -> assertKept(before, next));
            last = Optional.of(next);
        }
    }

    private static void assertKept(Seen before, Seen after) {
        List<String> owning = before.owning();
        assertThat(after.owning()).as("owners in %s, after %s", after, before).containsAll(owning);
        List<String> owners = before.ownersOfKeys();
        List<String> now = after.ownersOfKeys();
        assertThat(now).as("keys in %s, after %s", after, before).hasSizeGreaterThanOrEqualTo(owners.size());
        for (int key = 0; key < owners.size(); key++) {
            assertThat(now.get(key).equals(owners.get(key)) || !owning.contains(now.get(key)))
                    .as("owner of key %s in %s, after %s", key, after, before)
                    .isTrue();
        }
    }
}
