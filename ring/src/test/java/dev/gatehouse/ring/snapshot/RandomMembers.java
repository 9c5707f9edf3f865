package dev.gatehouse.ring.snapshot;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Memberships made up from a seed. */
final class RandomMembers {
    private static final String SERVICE = "db";

    private final SplittableRandom random;

    RandomMembers(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Settings with few points, so that arcs are of all sizes; half of them bounded. */
    RingSettings settings() {
        return new RingSettings(
                random.nextInt(3) == 0 ? RingAlgorithm.STATHAT : RingAlgorithm.XXH64,
                1 + random.nextInt(16),
                random.nextBoolean() ? 0 : 1 + random.nextInt(50));
    }

    /** So many members of weight 1 that own. */
    List<RingMember> equal(int count) {
        return nodes(count, 1).stream().map(RingMember::owner).toList();
    }

    /** So many members that own, of weights up to this one. */
    List<RingMember> weighted(int count, int weightMax) {
        return nodes(count, weightMax).stream().map(RingMember::owner).toList();
    }

    /** Up to so many members, of all standings, with weights and backups. */
    List<RingMember> any(int countMax) {
        List<Node> nodes = nodes(random.nextInt(countMax + 1), 3);
        return nodes.stream()
                .map(node -> new Node(
                        node.id(),
                        node.name(),
                        SERVICE,
                        node.address(),
                        node.port(),
                        node.weight(),
                        IntStream.range(0, random.nextInt(3))
                                .mapToObj(i -> random.nextInt(10) == 0
                                        ? "nobody"
                                        : pick(nodes).id())
                                .toList()))
                .map(node -> new RingMember(node, NodeState.NORMAL, standing(), false))
                .toList();
    }

    /** The same members, but for one that is new, gone or stands otherwise. */
    List<RingMember> changed(List<RingMember> members) {
        TreeMap<String, RingMember> changed = new TreeMap<>();
        members.forEach(member -> changed.put(member.id(), member));
        RingMember one = members.isEmpty() || random.nextBoolean()
                ? RingMember.owner(nodes(1, 3).getFirst())
                : members.get(random.nextInt(members.size()));
        if (changed.remove(one.id()) == null || random.nextBoolean()) {
            changed.put(one.id(), one.standing(standing()));
        }
        return List.copyOf(changed.values());
    }

    /** A key: mostly a user's id, else any text. */
    String key() {
        return switch (random.nextInt(8)) {
            case 0 -> "key:" + random.nextLong();
            case 1 -> "ключ €" + random.nextLong();
            case 2 -> "a long key ".repeat(random.nextInt(9));
            default -> Long.toString(random.nextLong(1L << 40));
        };
    }

    private List<Node> nodes(int count, int weightMax) {
        return IntStream.range(0, count)
                .mapToObj(i -> "n" + i + "-" + random.nextInt(1_000_000))
                .map(id -> new Node(
                        id,
                        id,
                        SERVICE,
                        "10.0.0." + random.nextInt(250),
                        1 + random.nextInt(60_000),
                        1 + random.nextInt(weightMax),
                        List.of()))
                .toList();
    }

    private Node pick(List<Node> nodes) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private Standing standing() {
        return switch (random.nextInt(5)) {
            case 0 -> Standing.OUTSIDE;
            case 1 -> Standing.COVERED;
            default -> Standing.OWNER;
        };
    }
}
