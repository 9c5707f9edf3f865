package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over random memberships and settings, {@link Ring} owns as the text of the protocol says; a ring with a fault in one rule is caught. */
class RingRulesTest {
    private static final int SEEDS = 300;

    /** Owners agree with the protocol's text on random keys. */
    static void check(OwnerFunction.Maker maker, long seed) {
        RandomMembers random = new RandomMembers(seed);
        RingSettings settings = random.settings();
        List<RingMember> members = random.any(8);
        OwnerFunction actual = maker.of(settings, members);
        OwnerFunction expected = new NaiveRing(settings, members);
        for (int i = 0; i < 200; i++) {
            String key = random.key();
            assertThat(actual.owner(key))
                    .as("owner of %s, seed %d, %s, %s", key, seed, settings, members)
                    .isEqualTo(expected.owner(key));
        }
    }

    static OwnerFunction ring(RingSettings settings, List<RingMember> members) {
        Ring ring = Ring.of("db", settings, members);
        return key -> ring.owner(key).map(RingMember::id);
    }

    @Test
    void ownsAsTheProtocolSays() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            check(RingRulesTest::ring, seed);
        }
    }

    /** Each has a fault in one rule. */
    record Fault(String name, OwnerFunction.Maker maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                members("a newcomer owns", member -> member.standing() == Standing.OUTSIDE ? owning(member) : member),
                members(
                        "a covered member owns",
                        member -> member.standing() == Standing.COVERED ? owning(member) : member),
                members(
                        "a covered member's points go",
                        member -> member.standing() == Standing.COVERED ? member.standing(Standing.OUTSIDE) : member),
                members("backups are passed over", member -> member.as(backups(member.node(), List.of()))),
                members(
                        "the last backup is preferred",
                        member -> member.as(
                                backups(member.node(), member.node().backups().reversed()))),
                members("weights are ignored", member -> member.as(weight(member.node(), 1))),
                settings("the bound is ignored", s -> new RingSettings(s.algorithm(), s.points(), 0)),
                settings(
                        "the bound is twice as wide",
                        s -> new RingSettings(s.algorithm(), s.points(), 2 * s.boundPercent())),
                settings(
                        "one point is missing",
                        s -> new RingSettings(s.algorithm(), Math.max(1, s.points() - 1), s.boundPercent())),
                settings(
                        "the algorithms are mistaken",
                        s -> new RingSettings(RingAlgorithm.XXH64, s.points(), s.boundPercent())),
                new Fault("no way over the top", (settings, members) -> {
                    Ring ring = Ring.of("db", settings, members);
                    long last = ring.arcs().stream()
                            .mapToLong(arc -> arc.range().start())
                            .max()
                            .orElse(0);
                    return key -> Long.compareUnsigned(ring.hash(key), last) > 0
                            ? Optional.empty()
                            : ring.owner(key).map(RingMember::id);
                }));
    }

    private static Fault members(String name, UnaryOperator<RingMember> change) {
        return new Fault(
                name,
                (settings, members) ->
                        ring(settings, members.stream().map(change).toList()));
    }

    private static Fault settings(String name, UnaryOperator<RingSettings> change) {
        return new Fault(name, (settings, members) -> ring(change.apply(settings), members));
    }

    private static RingMember owning(RingMember member) {
        return member.standing(Standing.OWNER);
    }

    private static Node backups(Node node, List<String> backups) {
        return new Node(node.id(), node.name(), node.service(), node.address(), node.port(), node.weight(), backups);
    }

    private static Node weight(Node node, int weight) {
        return new Node(node.id(), node.name(), node.service(), node.address(), node.port(), weight, node.backups());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void catchesAFault(Fault fault) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        check(fault.maker(), seed);
                    }
                })
                .as("what the checker says of: %s", fault)
                .isInstanceOf(AssertionError.class);
    }
}
