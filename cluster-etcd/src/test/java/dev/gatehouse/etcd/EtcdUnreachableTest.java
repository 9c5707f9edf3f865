package dev.gatehouse.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.etcd.process.EtcdMember;
import dev.gatehouse.etcd.process.EtcdProcess;
import dev.gatehouse.etcd.process.NeedsEtcd;
import dev.gatehouse.ring.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsEtcd
class EtcdUnreachableTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final EtcdMember member = EtcdMember.local("late");
    private final EtcdMember missing = EtcdMember.local("missing");
    private final EtcdAccess access = EtcdAccess.of(List.of(missing.url(), member.url()));

    @Test
    void aCoordinatorSaysSoAndLeadsOnceEtcdIsThere() {
        try (Store store = EtcdStore.of(access, "/late/", EtcdStore.LEASE)) {
            Rival candidate = Rival.campaigning(store, "127.0.0.1:1");
            await().atMost(PATIENCE).until(() -> candidate.leader().equals(Rival.NOBODY));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(store.trouble())
                            .hasValueSatisfying(sentence ->
                                    assertThat(sentence).contains("127.0.0.1").contains("Connection refused")));
            assertThat(candidate.epochs()).isEmpty();
            try (EtcdProcess etcd = EtcdProcess.start(member, folder)) {
                await().atMost(PATIENCE).until(() -> candidate.epochs().contains(1L));
                // The candidate hears of its lead a moment earlier.
                await(etcd.url()).atMost(PATIENCE).until(() -> store.trouble().isEmpty());
            }
        }
    }

    @Test
    void aRegistryAndARegistrarMeetOnceEtcdIsThere() {
        try (EtcdRegistry registry = EtcdRegistry.start(access, EtcdRegistry.PREFIX);
                EtcdRegistrar registrar =
                        EtcdRegistrar.start(access, EtcdRegistry.PREFIX, "game", "a", "127.0.0.1:7001")) {
            await().atMost(PATIENCE)
                    .until(() -> registry.trouble()
                            .filter(text -> text.contains("refused"))
                            .isPresent());
            assertThat(registry.members("game")).as(registrar.toString()).isEmpty();
            try (EtcdProcess etcd = EtcdProcess.start(member, folder)) {
                await().atMost(PATIENCE)
                        .until(() -> registry.members("game").equals(List.of(Member.of("a", "127.0.0.1", 7001))));
                // The members are there a moment earlier.
                await(etcd.url())
                        .atMost(PATIENCE)
                        .until(() -> registry.trouble().isEmpty());
            }
            await().atMost(PATIENCE).until(() -> registry.trouble().isPresent());
            assertThat(registry.members("game")).as("the last ones stay").hasSize(1);
        }
    }
}
