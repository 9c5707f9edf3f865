package dev.gatehouse.ring.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.hashing.Hashing;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who owns a key, straight from the text of PROTOCOLS.md, section 3, slow and without arithmetic that can overflow: what {@link Ring} is
 * held against. For {@code xxh64} and, on the circle of 2^32, {@code stathat}.
 */
final class NaiveRing implements OwnerFunction {
    private final RingSettings settings;
    private final List<RingMember> members;
    /** The points upwards, by hash. */
    private final TreeMap<BigInteger, RingMember> points = new TreeMap<>();
    /** The owner of the arc that ends at a point. */
    private final TreeMap<BigInteger, Optional<String>> owners = new TreeMap<>();

    NaiveRing(RingSettings settings, List<RingMember> members) {
        this.settings = settings;
        this.members = members;
        layPoints();
        points.forEach((hash, member) -> owners.put(hash, covered(hash, member)));
        if (settings.boundPercent() > 0 && points.size() > 1) {
            bound();
        }
    }

    private boolean isStathat() {
        return settings.algorithm() == RingAlgorithm.STATHAT;
    }

    private BigInteger circle() {
        return BigInteger.ONE.shiftLeft(isStathat() ? 32 : 64);
    }

    private BigInteger hash(String text) {
        long hash = isStathat() ? GoConsistent.crc32(text) : Hashing.xxh64().hashBytesToLong(text.getBytes(UTF_8));
        return new BigInteger(Long.toUnsignedString(hash));
    }

    private int weight(RingMember member) {
        return isStathat() ? 1 : member.node().weight();
    }

    private static String mark(RingMember member) {
        return member.node().address() + ":" + member.node().port();
    }

    private static boolean owns(RingMember member) {
        return member.standing() == Standing.OWNER;
    }

    /** In such an order that the one that is to have a point of several comes last. */
    private void layPoints() {
        members.stream()
                .filter(member -> member.standing() != Standing.OUTSIDE)
                .sorted((a, b) -> isStathat() ? mark(a).compareTo(mark(b)) : b.id().compareTo(a.id()))
                .forEach(member -> IntStream.range(0, isStathat() ? 20 : settings.points() * weight(member))
                        .mapToObj(i -> isStathat() ? i + mark(member) : member.id() + "#" + i)
                        .forEach(text -> points.put(hash(text), member)));
    }

    /** The members that own, as their points are met from a point upwards, once round. */
    private Stream<String> upwards(BigInteger point) {
        return Stream.concat(points.tailMap(point).values().stream(), points.headMap(point).values().stream())
                .filter(NaiveRing::owns)
                .map(RingMember::id);
    }

    private Optional<String> covered(BigInteger point, RingMember member) {
        Stream<String> backups = member.node().backups().stream()
                .filter(id -> members.stream().anyMatch(other -> other.id().equals(id) && owns(other)));
        return owns(member)
                ? Optional.of(member.id())
                : Stream.concat(backups, upwards(point)).findFirst();
    }

    private void bound() {
        Map<String, BigInteger> shares = new HashMap<>();
        BigInteger start = points.lastKey();
        for (BigInteger end : List.copyOf(points.keySet())) {
            BigInteger arc = end.subtract(start).mod(circle());
            Optional<String> own = owners.getOrDefault(end, Optional.empty());
            Optional<String> owner = Stream.concat(own.stream(), upwards(end))
                    .filter(id ->
                            fits(id, shares.getOrDefault(id, BigInteger.ZERO).add(arc)))
                    .findFirst()
                    .or(() -> own);
            owners.put(end, owner);
            owner.ifPresent(id -> shares.merge(id, arc, BigInteger::add));
            start = end;
        }
    }

    /** share <= (1 + b/100) x weight / weights x circle, without a division. */
    private boolean fits(String id, BigInteger share) {
        long weights =
                members.stream().filter(NaiveRing::owns).mapToLong(this::weight).sum();
        long weight = members.stream()
                .filter(m -> m.id().equals(id))
                .mapToLong(this::weight)
                .sum();
        BigInteger most = circle().multiply(BigInteger.valueOf((100L + settings.boundPercent()) * weight));
        return share.multiply(BigInteger.valueOf(100 * weights)).compareTo(most) <= 0;
    }

    @Override
    public Optional<String> owner(String key) {
        BigInteger hash = hash(key);
        Map<BigInteger, Optional<String>> after = owners.tailMap(hash, !isStathat());
        return Stream.concat(after.values().stream(), owners.values().stream())
                .findFirst()
                .flatMap(owner -> owner);
    }
}
