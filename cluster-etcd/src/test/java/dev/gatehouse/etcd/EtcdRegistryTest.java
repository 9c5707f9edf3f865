package dev.gatehouse.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.gatehouse.etcd.process.EtcdProcess;
import dev.gatehouse.etcd.process.NeedsEtcd;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.Registry;
import dev.gatehouse.ring.RegistryContract;
import io.etcd.jetcd.api.RequestOp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsEtcd
class EtcdRegistryTest extends RegistryContract {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static EtcdProcess etcd;

    private final String prefix = "/backends" + PREFIXES.incrementAndGet() + "/";
    private final List<EtcdRegistry> opened = new ArrayList<>();
    private EtcdKeyspace keys;

    @BeforeAll
    static void startEtcd() {
        etcd = EtcdProcess.start(folder);
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @BeforeEach
    void connect() {
        keys = new EtcdKeyspace(etcd.url());
    }

    @AfterEach
    void close() {
        opened.forEach(EtcdRegistry::close);
        keys.close();
    }

    private EtcdAccess access() {
        return EtcdAccess.of(List.of(etcd.url()));
    }

    private EtcdRegistry open() {
        return open(access());
    }

    private EtcdRegistry open(EtcdAccess access) {
        EtcdRegistry registry = EtcdRegistry.start(access, prefix);
        opened.add(registry);
        await().atMost(PATIENCE).until(() -> registry.trouble().isEmpty());
        return registry;
    }

    @Override
    protected Registry registry(List<Member> members) {
        write(members);
        return open();
    }

    @Override
    protected void change(Registry registry, List<Member> members) {
        write(members);
        await().atMost(PATIENCE).until(() -> registry.members("game").equals(members));
    }

    private void write(List<Member> members) {
        List<RequestOp> writes = new ArrayList<>();
        for (String id : List.of("a", "b")) {
            String key = prefix + "game/" + id;
            writes.add(members.stream()
                    .filter(member -> member.id().equals(id))
                    .findFirst()
                    .map(member ->
                            EtcdKeyspace.putting(key, ByteString.copyFromUtf8(member.host() + ":" + member.port())))
                    .orElseGet(() -> EtcdKeyspace.deleting(key, "")));
        }
        keys.write(writes.toArray(RequestOp[]::new));
    }

    @Test
    void passesOverWhatMakesNoSense() {
        EtcdRegistry registry = open();
        keys.put(prefix + "game/ok", "[::1]:7001");
        keys.put(prefix + "game/no port", "127.0.0.1:7001");
        keys.put(prefix + "game/x", "127.0.0.1");
        keys.put(prefix + "game/y", "127.0.0.1:70000");
        keys.put(prefix + "game/z", "user@127.0.0.1:7001/path");
        keys.put(prefix + "game", "127.0.0.1:7001");
        keys.put(prefix + "game/last", "localhost:7002");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(registry.members("game"))
                        .extracting(Member::id)
                        .containsExactly("last", "ok"));
    }

    @Test
    void takesOffANodeWhoseAddressMakesNoSenseAnyMore() {
        EtcdRegistry registry = open();
        keys.put(prefix + "game/a", "127.0.0.1:7001");
        await().atMost(PATIENCE).until(() -> registry.members("game").size() == 1);
        keys.put(prefix + "game/a", "nowhere");
        await().atMost(PATIENCE).until(() -> registry.members("game").isEmpty());
    }

    @Test
    void knowsANodeFromItsRegistrationToItsEnd() {
        EtcdRegistry registry = open();
        try (EtcdRegistrar registrar = EtcdRegistrar.start(access(), prefix, "game", "a", "127.0.0.1:7001")) {
            await(registrar.toString())
                    .atMost(PATIENCE)
                    .until(() -> registry.members("game").equals(List.of(Member.of("a", "127.0.0.1", 7001))));
        }
        await().atMost(PATIENCE).until(() -> registry.members("game").isEmpty());
    }

    @Test
    void aNodeThatIsGoneFromEtcdRegistersAgain() {
        EtcdRegistry registry = open();
        try (EtcdRegistrar a = EtcdRegistrar.start(access(), prefix, "game", "a", "127.0.0.1:7001");
                EtcdRegistrar b = EtcdRegistrar.start(access(), prefix, "chat", "b", "127.0.0.1:7002")) {
            await(a + ", " + b)
                    .atMost(PATIENCE)
                    .until(() -> registry.members("game").size()
                                    + registry.members("chat").size()
                            == 2);
            List<String> heard = new CopyOnWriteArrayList<>();
            registry.subscribe(heard::add);
            keys.revoke(keys.get(prefix + "game/a").orElseThrow().getLease());
            keys.delete(prefix + "chat/b");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("game", "game", "chat", "chat"));
            assertThat(registry.members("game")).containsExactly(Member.of("a", "127.0.0.1", 7001));
            assertThat(registry.members("chat")).containsExactly(Member.of("b", "127.0.0.1", 7002));
        }
    }

    @Test
    void knowsWhatChangedWhileEtcdStoodStill() {
        EtcdRegistry registry = open(access().withTimeout(Duration.ofMillis(500)));
        try (EtcdRegistrar registrar = EtcdRegistrar.start(access(), prefix, "game", "a", "127.0.0.1:7001")) {
            await(registrar.toString())
                    .atMost(PATIENCE)
                    .until(() -> registry.members("game").size() == 1);
            etcd.freeze();
            try {
                await().atMost(PATIENCE).until(() -> registry.trouble().isPresent());
                assertThat(registry.members("game")).hasSize(1);
            } finally {
                etcd.thaw();
            }
            await().atMost(PATIENCE).until(() -> registry.trouble().isEmpty());
            keys.put(prefix + "game/b", "127.0.0.1:7002");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(registry.members("game"))
                            .extracting(Member::id)
                            .containsExactly("a", "b"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/b, game, a, 127.0.0.1:7001, prefix: /b (expected: one that ends with /)",
        "/b/, a/b, a, 127.0.0.1:7001, 'service: a/b (expected: [A-Za-z0-9._-]{1,64})'",
        "/b/, game, a/b, 127.0.0.1:7001, 'id: a/b (expected: [A-Za-z0-9._-]{1,64})'",
        "/b/, game, a, 127.0.0.1, address: 127.0.0.1 (expected: HOST:PORT)"
    })
    void refusesToRegisterWhatNoRegistryTakes(
            String below, String service, String id, String address, String sentence) {
        assertThatThrownBy(() -> EtcdRegistrar.start(access(), below, service, id, address))
                .hasMessage(sentence);
    }

    @Test
    void refusesAPrefixThatEndsInAName() {
        assertThatThrownBy(() -> EtcdRegistry.start(access(), "/backends"))
                .hasMessage("prefix: /backends (expected: one that ends with /)");
    }
}
