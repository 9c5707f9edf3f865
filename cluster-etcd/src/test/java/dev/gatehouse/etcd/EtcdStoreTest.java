package dev.gatehouse.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.cluster.store.StoreContract;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.etcd.process.EtcdProcess;
import dev.gatehouse.etcd.process.NeedsEtcd;
import dev.gatehouse.ring.membership.Change;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.membership.PendingChange;
import dev.gatehouse.ring.snapshot.HashRange;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsEtcd
class EtcdStoreTest extends StoreContract {
    /** Long, because a machine that stalls must not take the lead from whoever is to keep it. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** For tests that wait for looks, of which there are ten a lease. */
    private static final Duration SHORT_LEASE = Duration.ofSeconds(10);

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static EtcdProcess etcd;

    private final String prefix = "/test" + PREFIXES.incrementAndGet() + "/";

    @BeforeAll
    static void startEtcd() {
        etcd = EtcdProcess.start(folder);
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @Override
    protected Store newStore() {
        return newStore(LEASE);
    }

    private Store newStore(Duration lease) {
        return EtcdStore.of(EtcdAccess.of(List.of(etcd.url())).withTimeout(Duration.ofSeconds(10)), prefix, lease);
    }

    @Test
    void oneOfTwoLeadsAndTheOtherKnowsWho() {
        campaign(open());
        Rival second = Rival.campaigning(open(), "127.0.0.1:2");
        await().atMost(PATIENCE).until(() -> second.leader().equals("127.0.0.1:12345"));
        assertThat(second.epochs()).isEmpty();
    }

    @Test
    void theOtherTakesOverWithWhatWasKept() {
        Store first = open();
        long epoch = campaign(first).epoch();
        first.save(memberships(epoch, 2)).join();
        Rival second = Rival.campaigning(open(), "127.0.0.1:2");
        first.close();
        await().atMost(PATIENCE).until(() -> !second.epochs().isEmpty());
        assertThat(second.epochs()).containsExactly(epoch + 1);
        assertThat(second.kept()).isEqualTo(memberships(epoch, 2));
    }

    @Test
    void whoCantGoOnFromWhatWasKeptDoesntLeadAndTellsWhy() {
        Store first = open();
        long epoch = campaign(first).epoch();
        first.save(memberships(epoch, 2)).join();
        first.close();
        Store misfit = newStore(SHORT_LEASE);
        try (misfit) {
            misfit.campaign("127.0.0.1:2", new Store.Candidate() {
                @Override
                public void check(Memberships kept) {
                    throw new StoreException(
                            "too many points for " + kept.members().size() + " members");
                }

                @Override
                public void leads(long epoch, Memberships kept) {
                    throw new IllegalStateException("it leads");
                }

                @Override
                public void follows(Optional<String> leader) {}
            });
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(misfit.trouble()).contains("too many points for 2 members"));
            assertThat(campaign(open()).epoch()).isEqualTo(epoch + 1);
        }
    }

    @Test
    void givesUpWhenEtcdStandsStillAndLeadsLaterInALaterEpoch() {
        try (Store store = newStore(SHORTEST_LEASE)) {
            Rival leader = Rival.campaigning(store, "127.0.0.1:1");
            await().atMost(PATIENCE).until(() -> leads(store, leader));
            etcd.freeze();
            try {
                await().atMost(PATIENCE).until(() -> leader.leader().equals(Rival.NOBODY));
                assertThat(leads(store, leader)).isFalse();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(store.trouble()).contains(etcd.url() + ": no answer in time"));
            } finally {
                etcd.thaw();
            }
            long over = leader.epochs().getLast();
            await().atMost(PATIENCE).until(() -> leads(store, leader));
            assertThat(leader.epochs().getLast()).isGreaterThan(over);
            assertThat(store.mayPublish(over)).isFalse();
            awaitNoTrouble(store);
        }
    }

    /** Whether it leads in the last of its epochs: how many it took, depends on the machine. */
    private static boolean leads(Store store, Rival rival) {
        return !rival.epochs().isEmpty() && store.mayPublish(rival.epochs().getLast());
    }

    /** Waits for it: a candidate hears that it leads a moment earlier. */
    private static void awaitNoTrouble(Store store) {
        await().atMost(PATIENCE).until(() -> store.trouble().isEmpty());
    }

    @Test
    void keepsOnlyWhatBelongsToTheEpochThatItLeads() {
        Store store = open();
        long epoch = campaign(store).epoch();
        assertThatThrownBy(() -> store.save(memberships(epoch + 1, 1)).join())
                .hasCauseInstanceOf(StoreException.class)
                .hasMessageContaining("doesn't lead");
    }

    @Test
    void keepsNothingForACoordinatorWhoseKeyIsGone() {
        Store first = open();
        Rival leader = Rival.campaigning(first, "127.0.0.1:1");
        await().atMost(PATIENCE).until(() -> leader.epochs().equals(List.of(1L)));
        try (EtcdKeyspace keys = new EtcdKeyspace(etcd.url())) {
            keys.delete(prefix + "leader");
            assertThatThrownBy(() -> first.save(memberships(1, 1)).join())
                    .hasCauseInstanceOf(StoreException.class)
                    .hasMessageContaining("doesn't lead");
            assertThat(keys.get(prefix + "memberships")).isEmpty();
        }
    }

    @Test
    void leadsAgainInTheNextEpochWhenItsKeyWasDeleted() {
        try (Store store = newStore(SHORT_LEASE);
                EtcdKeyspace keys = new EtcdKeyspace(etcd.url())) {
            Rival leader = Rival.campaigning(store, "127.0.0.1:1");
            await().atMost(PATIENCE).until(() -> leader.epochs().contains(1L));
            keys.delete(prefix + "leader");
            await().atMost(PATIENCE).until(() -> leader.epochs().contains(2L));
        }
    }

    @Test
    void savesOverAnEarlierSaveThatWasNotAnswered() {
        Store store = open();
        long epoch = campaign(store).epoch();
        store.save(memberships(epoch, 1)).join();
        try (EtcdKeyspace keys = new EtcdKeyspace(etcd.url())) {
            keys.put(prefix + "memberships", MembershipsValue.write(memberships(epoch, 2)));
        }
        store.save(memberships(epoch, 3)).join();
        store.close();
        assertThat(campaign(open()).kept()).isEqualTo(memberships(epoch, 3));
    }

    @Test
    void takesAnEpochAboveAllKeptOnesAlsoWhereItsKeyWasDeleted() {
        Store first = open();
        campaign(first);
        first.close();
        Store second = open();
        long epoch = campaign(second).epoch();
        second.save(memberships(epoch, 1)).join();
        second.close();
        try (EtcdKeyspace keys = new EtcdKeyspace(etcd.url())) {
            keys.delete(prefix + "epoch");
        }
        assertThat(campaign(open()).epoch()).isEqualTo(epoch + 1);
    }

    @Test
    void saysWhatIsDamagedAndLeadsOnceItHasGone() {
        EtcdAccess impatient = EtcdAccess.of(List.of(etcd.url())).withTimeout(Duration.ofMillis(500));
        try (EtcdKeyspace keys = new EtcdKeyspace(etcd.url());
                LogCapture log = new LogCapture();
                Store store = EtcdStore.of(impatient, prefix, SHORT_LEASE)) {
            keys.put(prefix + "memberships", "no memberships");
            etcd.freeze();
            Rival candidate = Rival.campaigning(store, "127.0.0.1:1");
            try {
                await().atMost(PATIENCE).until(() -> store.trouble().isPresent());
            } finally {
                etcd.thaw();
            }
            String damaged =
                    "etcd's key " + prefix + "memberships: damaged (expected: what a coordinator wrote; to begin"
                            + " without members, delete the key)";
            await().atMost(PATIENCE).until(() -> store.trouble().equals(Optional.of(damaged)));
            assertThat(log.lines()).anyMatch(line -> line.startsWith("etcd can't be used: " + damaged));
            assertThat(candidate.epochs()).isEmpty();
            keys.delete(prefix + "memberships");
            await().atMost(PATIENCE).until(() -> candidate.epochs().contains(1L));
            awaitNoTrouble(store);
        }
    }

    @Test
    void saysHowLongRingsMayBe() {
        assertThat(open().ringBytesMax()).isEqualTo(6 << 20);
    }

    /** By etcd's own limit, and by that of its gRPC server. */
    @ParameterizedTest
    @ValueSource(ints = {90_000, 200_000})
    void saysWhatEtcdTakesAndGoesOnWithLess(int transfers) {
        Store store = open();
        long epoch = campaign(store).epoch();
        assertThatThrownBy(() -> store.save(longMemberships(epoch, transfers)).join())
                .hasCauseInstanceOf(StoreException.class)
                .hasMessageMatching(".*memberships: \\d+ bytes \\(expected: what etcd takes by its --max-request-bytes,"
                        + " 1.5 MiB by default\\)");
        store.save(memberships(epoch, 1)).join();
        assertThat(store.mayPublish(epoch)).isTrue();
    }

    /** With transfers that no packing makes short. */
    private static Memberships longMemberships(long epoch, int count) {
        Random random = new Random(1);
        List<Transfer> transfers = Stream.generate(() -> new HashRange(random.nextLong(), random.nextLong()))
                .limit(count)
                .map(range -> new Transfer("db", Optional.empty(), "db1", range))
                .toList();
        PendingChange change = new PendingChange(
                new Change(Change.Kind.JOIN, "db1"),
                new PendingTransfers(1, transfers),
                new TreeSet<>(Set.of("db1")),
                0);
        return new Memberships(new RingVersion(epoch, 1), 1, List.of(), Optional.of(change), List.of());
    }

    @Test
    void refusesALeaseThatIsTooShort() {
        assertThatThrownBy(() -> EtcdStore.of(EtcdAccess.of(List.of(etcd.url())), prefix, Duration.ofSeconds(2)))
                .hasMessage("lease: PT2S (expected: whole seconds, 3 s to 5 min)");
    }
}
