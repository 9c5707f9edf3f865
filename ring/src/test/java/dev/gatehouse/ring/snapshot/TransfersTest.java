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

/** Transfers are exactly what changes owner: applied to one ring they give the other, and they name nothing that stays. */
class TransfersTest {
    private static final int SEEDS = 300;

    static void check(UnaryOperator<List<Transfer>> fault, long seed) {
        RandomMembers random = new RandomMembers(seed);
        RingSettings settings = random.settings();
        List<RingMember> members = random.any(6);
        Ring before = Ring.of("db", settings, members);
        Ring after = Ring.of("db", settings, random.changed(members));
        List<Transfer> transfers = fault.apply(before.transfersTo(after));
        TransferRules rules = new TransferRules(settings.algorithm(), transfers);
        for (int i = 0; i < 200; i++) {
            rules.check(before, after, before.hash(random.key()), "seed " + seed);
        }
        // Where arcs end and begin, there the faults are.
        Stream.of(before, after).flatMap(ring -> ring.arcs().stream()).forEach(arc -> {
            for (int beside = -1; beside <= 1; beside++) {
                rules.check(
                        before,
                        after,
                        settings.algorithm() == RingAlgorithm.STATHAT
                                ? (arc.range().end() + beside) & 0xffff_ffffL
                                : arc.range().end() + beside,
                        "seed " + seed);
            }
        });
    }

    @Test
    void transfersAreExactlyWhatChangesOwner() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            check(UnaryOperator.identity(), seed);
        }
    }

    record Fault(String name, UnaryOperator<List<Transfer>> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault(
                        "one is missing",
                        transfers -> transfers.stream().skip(1).toList()),
                new Fault(
                        "the members are mistaken",
                        transfers -> each(
                                transfers,
                                t -> new Transfer(
                                        t.service(),
                                        Optional.of(t.to()),
                                        t.from().orElse("nobody"),
                                        t.range()))),
                new Fault(
                        "the giver is missing",
                        transfers ->
                                each(transfers, t -> new Transfer(t.service(), Optional.empty(), t.to(), t.range()))),
                new Fault(
                        "the range begins one early",
                        transfers -> each(
                                transfers,
                                t -> new Transfer(
                                        t.service(),
                                        t.from(),
                                        t.to(),
                                        new HashRange(
                                                t.range().start() - 1, t.range().end())))),
                new Fault(
                        "the range ends one late",
                        transfers -> each(
                                transfers,
                                t -> new Transfer(
                                        t.service(),
                                        t.from(),
                                        t.to(),
                                        new HashRange(
                                                t.range().start(), t.range().end() + 1)))),
                new Fault(
                        "one is there twice",
                        transfers -> Stream.concat(transfers.stream(), transfers.stream())
                                .toList()));
    }

    private static List<Transfer> each(List<Transfer> transfers, UnaryOperator<Transfer> change) {
        return transfers.stream().map(change).toList();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void catchesAFault(Fault fault) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        check(fault.change(), seed);
                    }
                })
                .as("what the checker says of: %s", fault)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theFirstMemberTakesTheWholeCircleFromNobody() {
        RingMember first = new RandomMembers(1).equal(1).getFirst();
        List<Transfer> transfers = Ring.of("db", RingSettings.DEFAULT, List.of())
                .transfersTo(Ring.of("db", RingSettings.DEFAULT, List.of(first)));
        assertThat(transfers).singleElement().satisfies(transfer -> {
            assertThat(transfer.from()).isEmpty();
            assertThat(transfer.to()).isEqualTo(first.id());
            assertThat(transfer.range().start()).isEqualTo(transfer.range().end());
        });
    }

    @Test
    void whatNobodyOwnsAfterwardsIsNoTransfer() {
        Ring alone = Ring.of("db", RingSettings.DEFAULT, new RandomMembers(1).equal(1));
        assertThat(alone.transfersTo(Ring.of("db", RingSettings.DEFAULT, List.of())))
                .isEmpty();
    }

    @Test
    void refusesARingOfOtherSettings() {
        Ring ring = Ring.of("db", RingSettings.DEFAULT, List.of());
        Ring other = Ring.of("db", new RingSettings(RingAlgorithm.STATHAT, 1024, 0), List.of());
        assertThatThrownBy(() -> ring.transfersTo(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("next: a ring of db");
    }
}
