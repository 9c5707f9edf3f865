package dev.gatehouse.cluster;

import static dev.gatehouse.cluster.TestParticipant.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.store.FileStore;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.ListenException;
import dev.gatehouse.net.tls.ClientTls;
import dev.gatehouse.net.tls.ServerTls;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coordinators, agents, watchers and operators together, over sockets and in real time. */
class ClusterTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** What is waited for comes within a second or two; nobody counts as silent because the machine stalls. */
    private static final CoordinatorConfig QUICK = CoordinatorConfig.DEFAULT.toBuilder()
            .suspectTime(Duration.ofMillis(500))
            .returnTime(Duration.ofSeconds(15))
            .build();

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void makesNodesThatComeOwners() {
        Coordinator coordinator = coordinator("127.0.0.1:0");
        Watcher watcher = watcher(coordinator, "gateway1");
        agent(coordinator, "game1");
        agent(coordinator, "game2");
        RingSnapshot both = ringsOf(watcher, rings -> owners(rings).equals(List.of("game1", "game2")));
        assertThat(both.pending()).isEmpty();
    }

    @Test
    void waitsForTheDataOfANodeThatMovesSome() {
        Coordinator coordinator = coordinator("127.0.0.1:0");
        Watcher watcher = watcher(coordinator, "gateway1");
        agent(coordinator, "game1");
        // If the importer came first, its change would be pending first, and nobody would own.
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1")));
        NodeAgent importer = keep(NodeAgent.builder(access(coordinator), Node.of("game2", "game", "127.0.0.1", 7002))
                .movesData(true)
                .start());
        RingSnapshot waiting = ringsOf(watcher, rings -> rings.pending().isPresent());
        long transferId = waiting.pending().orElseThrow().transferId();
        importer.report(NodeState.IMPORTING, transferId);
        ringsOf(watcher, rings -> rings.member("game2").orElseThrow().state() == NodeState.IMPORTING);
        assertThat(owners(watcher.rings().orElseThrow())).containsExactly("game1");
        importer.report(NodeState.NORMAL, transferId);
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1", "game2")));
    }

    @Test
    void givesTheKeysOfANodeThatDiesToAnother() {
        Coordinator coordinator = coordinator("127.0.0.1:0");
        Watcher watcher = watcher(coordinator, "gateway1");
        agent(coordinator, "game1");
        NodeAgent dying = agent(coordinator, "game2");
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1", "game2")));
        dying.close();
        RingSnapshot without =
                ringsOf(watcher, rings -> rings.member("game2").orElseThrow().standing() == Standing.COVERED);
        for (int user = 0; user < 100; user++) {
            assertThat(without.ring("game")
                            .owner(Integer.toString(user))
                            .orElseThrow()
                            .id())
                    .isEqualTo("game1");
        }
        agent(coordinator, "game2");
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1", "game2")));
    }

    @Test
    void letsANodeLeaveAsPlanned() throws InterruptedException {
        Coordinator coordinator = coordinator("127.0.0.1:0");
        Watcher watcher = watcher(coordinator, "gateway1");
        agent(coordinator, "game1");
        NodeAgent leaver = agent(coordinator, "game2");
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1", "game2")));
        assertThat(leaver.leave(TIMEOUT)).isTrue();
        ringsOf(watcher, rings -> rings.member("game2").isEmpty());
        assertThat(coordinator.statistics().lost()).isZero();
        await().atMost(TIMEOUT).until(() -> coordinator.statistics().nodes() == 1 && !leaver.connected());
    }

    @Test
    void drainsAndResumes() {
        Coordinator coordinator = coordinator("127.0.0.1:0");
        Watcher watcher = watcher(coordinator, "gateway1");
        agent(coordinator, "game1");
        agent(coordinator, "game2");
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1", "game2")));
        Operator operator = keep(Operator.connect(access(coordinator), TIMEOUT));
        operator.drain("game2", true);
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1")));
        assertThatThrownBy(() -> operator.drain("game1", true)).isInstanceOf(ClusterException.class);
        assertThatThrownBy(() -> operator.drain("nobody", true)).hasMessageContaining("nobody");
        operator.drain("game2", false);
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1", "game2")));
    }

    @Test
    void movesNoKeyOverARestart() {
        Coordinator first = stored("127.0.0.1:0");
        String address = Address.format(first.localAddress());
        List<RingSnapshot> seen = new CopyOnWriteArrayList<>();
        Watcher watcher = keep(Watcher.start(access(first), "gateway1", new ClusterListener() {
            @Override
            public void rings(RingSnapshot rings) {
                seen.add(rings);
            }
        }));
        agent(first, "game1");
        agent(first, "game2");
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1", "game2")));
        RingVersion before = watcher.rings().orElseThrow().version();
        int known = seen.size();
        first.close();
        Coordinator second = stored(address);
        await().atMost(TIMEOUT).until(() -> second.statistics().nodes() == 2);
        RingSnapshot after = ringsOf(
                watcher,
                rings -> rings.version().epoch() > before.epoch()
                        && rings.members().stream().allMatch(member -> member.state() == NodeState.NORMAL));
        assertThat(after.version().version()).isGreaterThan(before.version());
        assertThat(seen.subList(known, seen.size()))
                .allSatisfy(rings -> assertThat(owners(rings)).containsExactly("game1", "game2"));
        assertThat(seen).isSortedAccordingTo((a, b) -> a.version().compareTo(b.version()));
    }

    @Test
    void passesOnToTheNextCoordinatorOfItsList() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0)) {
            Coordinator coordinator = coordinator("127.0.0.1:0");
            ClusterAccess access = ClusterAccess.of(
                            List.of("127.0.0.1:" + deaf.getLocalPort(), Address.format(coordinator.localAddress())),
                            SECRET)
                    .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300));
            Watcher watcher = keep(Watcher.start(access, "gateway1", new ClusterListener() {}));
            ringsOf(watcher, rings -> true);
        }
    }

    @Test
    void speaksTls() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path certificate = Files.writeString(folder.resolve("certificate.pem"), bundle.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM());
        Coordinator coordinator = keep(Coordinator.builder("127.0.0.1:0", SECRET)
                .tls(ServerTls.builder(certificate, key).build())
                .start());
        String address = "localhost:" + coordinator.localAddress().getPort();
        ClusterAccess plain = ClusterAccess.of(List.of(address), SECRET);
        ClusterAccess access =
                plain.withTls(ClientTls.builder().trust(certificate).build());
        Watcher watcher = keep(Watcher.start(access, "gateway1", new ClusterListener() {}));
        keep(NodeAgent.builder(access, Node.of("game1", "game", "127.0.0.1", 7001))
                .start());
        ringsOf(watcher, rings -> owners(rings).equals(List.of("game1")));
        assertThatThrownBy(() -> Operator.connect(plain.withTimeouts(TIMEOUT, Duration.ofMillis(300)), TIMEOUT))
                .isInstanceOf(ClusterException.class);
    }

    @Test
    void refusesACoordinatorThatCannotProveItself() {
        Coordinator impostor = keep(Coordinator.builder("127.0.0.1:0", ClusterSecret.of("another secret"))
                .start());
        List<String> why = new CopyOnWriteArrayList<>();
        Watcher watcher = keep(Watcher.start(access(impostor), "gateway1", new ClusterListener() {
            @Override
            public void disconnected(String sentence, Duration wait) {
                why.add(sentence);
            }
        }));
        await().atMost(TIMEOUT).until(() -> !why.isEmpty());
        assertThat(why.getFirst()).contains("BAD_PROOF");
        assertThat(watcher.connected()).isFalse();
        assertThatThrownBy(() -> Operator.connect(access(impostor), TIMEOUT))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("BAD_PROOF");
    }

    /** So that the one with a new epoch can have the folder. */
    @Test
    void givesItsStoreBackWhereItCannotStart() throws IOException {
        Files.writeString(folder.resolve("memberships"), "damaged");
        assertThatThrownBy(() -> stored("127.0.0.1:0"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("--new-epoch");
        Coordinator listening = coordinator("127.0.0.1:0");
        assertThatThrownBy(() -> Coordinator.builder(Address.format(listening.localAddress()), SECRET)
                        .store(FileStore.in(folder, 40))
                        .start())
                .isInstanceOf(ListenException.class);
        Coordinator begun = keep(Coordinator.builder("127.0.0.1:0", SECRET)
                .store(FileStore.in(folder, 40))
                .start());
        await().atMost(TIMEOUT).until(() -> begun.statistics().leading());
    }

    private static List<String> owners(RingSnapshot rings) {
        List<String> owners = new ArrayList<>();
        rings.members().forEach(member -> {
            if (member.standing() == Standing.OWNER) {
                owners.add(member.id());
            }
        });
        return owners;
    }

    private static RingSnapshot ringsOf(Watcher watcher, Predicate<RingSnapshot> expected) {
        return await().atMost(TIMEOUT)
                .until(() -> watcher.rings().filter(expected), Optional::isPresent)
                .orElseThrow();
    }

    private Coordinator coordinator(String address) {
        return keep(Coordinator.builder(address, SECRET).config(QUICK).start());
    }

    private Coordinator stored(String address) {
        return keep(Coordinator.builder(address, SECRET)
                .config(QUICK)
                .store(FileStore.in(folder))
                .start());
    }

    private static ClusterAccess access(Coordinator coordinator) {
        return ClusterAccess.of(List.of(Address.format(coordinator.localAddress())), SECRET);
    }

    private NodeAgent agent(Coordinator coordinator, String id) {
        return keep(NodeAgent.builder(access(coordinator), Node.of(id, "game", "127.0.0.1", 7001))
                .start());
    }

    private Watcher watcher(Coordinator coordinator, String id) {
        return keep(Watcher.start(access(coordinator), id, new ClusterListener() {}));
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }
}
