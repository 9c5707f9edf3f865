package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.logging.LogFormat;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.LogSettings;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.etcd.EtcdAccess;
import dev.gatehouse.etcd.EtcdTls;
import dev.gatehouse.net.tls.ClientCertificates;
import dev.gatehouse.net.tls.TlsFiles;
import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorSettingsTest {
    private static final Map<String, String> SECRET = Map.of(ClusterSecrets.VARIABLE, "secret");

    @TempDir
    private Path folder;

    @Test
    void hasDefaults() {
        CoordinatorSettings settings = CoordinatorSettings.read(new Sources(Optional.empty(), SECRET, Map.of()));
        assertThat(settings)
                .isEqualTo(new CoordinatorSettings(
                        new HostPort("127.0.0.1", 12_345),
                        Optional.empty(),
                        new StoreChoice.Folder(Path.of("gatehouse-cluster")),
                        settings.secret(),
                        Optional.empty(),
                        CoordinatorConfig.DEFAULT,
                        Optional.empty(),
                        TransportChoice.AUTO,
                        Duration.ofSeconds(10),
                        LogSettings.DEFAULT));
    }

    @Test
    void readsEveryKey() throws IOException {
        Path some = Files.writeString(folder.resolve("some.pem"), "text");
        Path file = Files.writeString(folder.resolve("coordinator.yaml"), """
                listen: localhost:7000
                advertise: 10.0.0.1:7000
                store: etcd:https://etcd1:2379,https://etcd2:2379
                etcd: {lease: 7s, prefix: /here/, timeout: 1s, trust: SOME, certificate: SOME, key: SOME}
                secret-file: SOME
                tls: {certificate: SOME, key: SOME, client-certificates: required, trust: SOME}
                connections-max: 1
                unverified-max: 2
                closing-max: 19
                verify-timeout: 3s
                ping-interval: 4s
                misses-allowed: 5
                silence: 6s
                suspect-time: 7s
                return-time: 8s
                pause: 9s
                contest-time: 10s
                rings-per-second-max: 11
                messages-per-second-max: 12
                ring: {algorithm: stathat, points: 13, bound-percent: 14, bytes-max: 64k}
                remove-after: 15s
                drop-after: 16s
                members-max: 17
                points-max: 18
                console: {listen: "localhost:7001"}
                transport: nio
                grace: 1s
                log: {level: warn, format: json, file: c.log, file-bytes-max: 1m, days-max: 1, total-bytes-max: 2m}
                """.replace("SOME", some.toString()));
        Sources sources = new Sources(Optional.of(file), Map.of(), Map.of());
        CoordinatorSettings settings = CoordinatorSettings.read(sources);
        assertThat(settings)
                .isEqualTo(new CoordinatorSettings(
                        new HostPort("localhost", 7000),
                        Optional.of(new HostPort("10.0.0.1", 7000)),
                        new StoreChoice.Etcd(
                                EtcdAccess.of(List.of("https://etcd1:2379", "https://etcd2:2379"))
                                        .withTimeout(Duration.ofSeconds(1))
                                        .withTls(new EtcdTls(Optional.of(some), Optional.of(some), Optional.of(some))),
                                "/here/",
                                Duration.ofSeconds(7)),
                        settings.secret(),
                        Optional.of(new TlsFiles(some, some, ClientCertificates.REQUIRED, Optional.of(some))),
                        new CoordinatorConfig(
                                1,
                                2,
                                19,
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                5,
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(10),
                                11,
                                12,
                                new MembershipSettings(
                                        new RingSettings(RingAlgorithm.STATHAT, 13, 14),
                                        Duration.ofSeconds(15),
                                        Duration.ofSeconds(16),
                                        17,
                                        18,
                                        64 << 10)),
                        Optional.of(new HostPort("localhost", 7001)),
                        TransportChoice.NIO,
                        Duration.ofSeconds(1),
                        new LogSettings(
                                LogLevel.WARN, LogFormat.JSON, Optional.of(Path.of("c.log")), 1 << 20, 1, 2 << 20)));
        Values values = new ConfigReader(CoordinatorKeys.KEYS).read(sources);
        assertThat(CoordinatorKeys.KEYS.all()).allMatch(values::hasAny, "is in the file of this test");
    }

    @Test
    void readsEveryStore() {
        assertThat(read(Map.of("store", "none")).store()).isEqualTo(new StoreChoice.Nowhere());
        assertThat(read(Map.of("store", "file:a:b")).store()).isEqualTo(new StoreChoice.Folder(Path.of("a:b")));
        assertThat(read(Map.of("store", "etcd:http://h:1")).store())
                .isEqualTo(new StoreChoice.Etcd(
                        EtcdAccess.of(List.of("http://h:1")), "/gatehouse/cluster/", Duration.ofSeconds(10)));
    }

    @Test
    void refusesWhatEtcdCantBeReachedBy() {
        refuses("store: endpoint: h:1 (expected: http://HOST:PORT or https://HOST:PORT)", Map.of("store", "etcd:h:1"));
        refuses(
                "etcd.lease: 2s (expected: a duration of 3s..300s, in whole seconds)",
                Map.of("store", "etcd:http://h:1", "etcd.lease", "2s"));
        refuses(
                "etcd.lease: 3500ms (expected: a duration of 3s..300s, in whole seconds)",
                Map.of("store", "etcd:http://h:1", "etcd.lease", "3500ms"));
        refuses(
                "advertise: not set (expected: where participants reach this coordinator, as listen is 0.0.0.0:1"
                        + " and others tell of it)",
                Map.of("store", "etcd:http://h:1", "listen", "0.0.0.0:1"));
    }

    private static CoordinatorSettings read(Map<String, String> options) {
        return CoordinatorSettings.read(new Sources(Optional.empty(), SECRET, options));
    }

    private static void refuses(String sentence, Map<String, String> options) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOf(OperatorException.class)
                .hasMessageEndingWith(sentence);
    }

    @Test
    void wantsASecret() {
        assertThatThrownBy(() -> CoordinatorSettings.read(new Sources(Optional.empty(), Map.of(), Map.of())))
                .isInstanceOf(OperatorException.class)
                .hasMessage("no cluster secret (expected: --secret-file FILE, or GATEHOUSE_CLUSTER_SECRET)");
    }
}
