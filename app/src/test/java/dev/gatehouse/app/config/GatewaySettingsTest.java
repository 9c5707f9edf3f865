package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.app.logging.LogFormat;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.LogSettings;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.etcd.EtcdAccess;
import dev.gatehouse.etcd.EtcdTls;
import dev.gatehouse.gateway.AttachPolicy;
import dev.gatehouse.gateway.Contract;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.PlacementPolicy;
import dev.gatehouse.gateway.QueuePolicy;
import dev.gatehouse.gateway.RateLimit;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.ClientCertificates;
import dev.gatehouse.net.tls.TlsFiles;
import dev.gatehouse.ring.Member;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {
    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("gatehouse.yaml"), text);
    }

    private GatewaySettings read(String yaml, Map<String, String> environment) throws IOException {
        return GatewaySettings.read(new Sources(Optional.of(write(yaml)), environment, Map.of()));
    }

    @Test
    void hasTheDefaultsOfTheGateway() throws IOException {
        GatewaySettings settings = read("users: {mode: development}", Map.of());
        assertThat(settings)
                .isEqualTo(new GatewaySettings(
                        GatewayConfig.builder().build(),
                        Optional.empty(),
                        Optional.empty(),
                        UserMode.DEVELOPMENT,
                        Optional.empty(),
                        Optional.of(new HostPort("127.0.0.1", 9090)),
                        Optional.empty(),
                        TransportChoice.AUTO,
                        0,
                        Duration.ofSeconds(10),
                        LogSettings.DEFAULT));
    }

    @Test
    void readsEveryKey() throws IOException {
        for (String file : List.of("cert.pem", "key.pem", "users", "trust.pem")) {
            Files.writeString(folder.resolve(file), "");
        }
        Files.writeString(folder.resolve("token"), "from-a-file\n");
        String yaml = EVERY_KEY.replace("FOLDER", folder.toString());
        GatewaySettings settings = read(yaml, Map.of());
        assertThat(settings)
                .isEqualTo(new GatewaySettings(
                        everyKey(),
                        Optional.of(new ClusterSettings(
                                List.of(new HostPort("10.0.0.8", 12_345), new HostPort("::1", 12_346)),
                                Optional.of(folder.resolve("token")),
                                Optional.of(folder.resolve("trust.pem")),
                                "gw1")),
                        Optional.empty(),
                        UserMode.TOKEN_FILE,
                        Optional.of(folder.resolve("users")),
                        Optional.empty(),
                        Optional.of(new GatewaySettings.Statsd("localhost", 9125, Duration.ofMillis(500))),
                        TransportChoice.NIO,
                        3,
                        Duration.ofSeconds(4),
                        new LogSettings(
                                LogLevel.DEBUG,
                                LogFormat.JSON,
                                Optional.of(Path.of("gatehouse.log")),
                                1 << 20,
                                3,
                                10 << 20)));
        Values values = new ConfigReader(GatewayKeys.KEYS)
                .read(new Sources(Optional.of(folder.resolve("gatehouse.yaml")), Map.of(), Map.of()));
        // It doesn't go together with the coordinators.
        assertThat(GatewayKeys.KEYS.all())
                .filteredOn(key -> !key.equals(EtcdKeys.ENDPOINTS))
                .allMatch(values::hasAny, "is in the file of this test");
    }

    private GatewayConfig everyKey() {
        ServiceConfig game = new ServiceConfig(
                "game",
                PlacementPolicy.FIXED,
                "g2",
                List.of(Member.of("g1", "10.0.0.1", 7001), new Member("g2", "::1", 7002, 5)),
                "in-the-file",
                true,
                Optional.of(folder.resolve("trust.pem")),
                true,
                Contract.TRUNK);
        ServiceConfig chat = ServiceConfig.plain("chat", List.of(Member.of("c.1", "localhost", 7003)))
                .withToken("from-a-file");
        return GatewayConfig.builder()
                .listen("[::1]:1234")
                .tls(new TlsFiles(
                        folder.resolve("cert.pem"),
                        folder.resolve("key.pem"),
                        ClientCertificates.OPTIONAL,
                        Optional.of(folder.resolve("trust.pem"))))
                .proxyProtocol(ProxyProtocol.trusting("10.0.0.0/8", "::1").withHeaderBytesMax(8192))
                .handshakeTimeout(Duration.ofSeconds(2))
                .connectionsMax(11)
                .packetBytesMax(1200)
                .queueBytesMax(128 << 10)
                .linkWindowBytes(32 << 10)
                .trunkWindowBytes(1 << 20)
                .receiveBufferBytes(4096)
                .sendBufferBytes(1 << 20)
                .rateLimit(new RateLimit(12, 13))
                .legacyEncryption(true)
                .loginTimeout(Duration.ofMillis(1500))
                .idleTimeout(Duration.ZERO)
                .writeTimeout(Duration.ofMinutes(2))
                .stallTimeout(Duration.ofHours(1))
                .attachTimeout(Duration.ofSeconds(5))
                .acceptWindow(Duration.ofMillis(700))
                .detachTimeout(Duration.ofSeconds(6))
                .connectTimeout(Duration.ofSeconds(8))
                .reattachJitter(Duration.ofMillis(800))
                .reattachAttemptsMax(4)
                .ownerTimeout(Duration.ofSeconds(9))
                .movesPerSecond(14)
                .pingInterval(Duration.ofSeconds(7))
                .trace(true)
                .opcodeNames(Map.of(1001, "hello_req"))
                .services(Map.of("game", game, "chat", chat))
                .routes(List.of(
                        new RouteConfig(
                                "fights", 1001, 1999, "game", AttachPolicy.FIRST_PACKET, QueuePolicy.KEEP_LATEST, 17),
                        RouteConfig.of("talk", 2000, 2000, "chat")))
                .build();
    }

    private static final String EVERY_KEY = """
            listen: '[::1]:1234'
            tls: {certificate: FOLDER/cert.pem, key: FOLDER/key.pem, client-certificates: optional, trust: FOLDER/trust.pem}
            proxy-protocol: {trusted: 10.0.0.0/8 ::1, header-bytes-max: 8k}
            users: {mode: token-file, token-file: FOLDER/users}
            coordinator: {addresses: '10.0.0.8:12345, [::1]:12346', secret-file: FOLDER/token, trust: FOLDER/trust.pem, id: gw1}
            etcd: {prefix: /here/, timeout: 1s, trust: FOLDER/trust.pem, certificate: FOLDER/cert.pem, key: FOLDER/key.pem}
            connections-max: 11
            packet-bytes-max: 1200
            queue-bytes-max: 128k
            link-window-bytes: 32k
            trunk-window-bytes: 1m
            receive-buffer-bytes: 4096
            send-buffer-bytes: 1m
            rate-limit: {enabled: true, packets-per-minute: 12, burst: 13}
            legacy-encryption: true
            handshake-timeout: 2s
            login-timeout: 1500ms
            idle-timeout: 0s
            write-timeout: 2m
            stall-timeout: 1h
            attach-timeout: 5s
            accept-window: 700ms
            detach-timeout: 6s
            connect-timeout: 8s
            reattach-jitter: 800ms
            reattach-attempts-max: 4
            owner-timeout: 9s
            moves-per-second: 14
            ping-interval: 7s
            trace: true
            opcodes:
              1001: hello_req
            services:
              game:
                contract: trunk
                placement: fixed
                fixed-node: g2
                nodes: {g1: '10.0.0.1:7001', g2: '[::1]:7002'}
                weights: {g2: 5}
                token: in-the-file
                tls: true
                trust: FOLDER/trust.pem
                insecure: true
              chat:
                nodes: {c.1: 'localhost:7003'}
                token-file: FOLDER/token
            routes:
              fights:
                opcodes: 1001-1999
                service: game
                open: first-packet
                slow-client: keep-latest
                queue-packets-max: 17
              talk: {opcodes: 2000, service: chat}
            console: {listen: none}
            statsd: {host: localhost, port: 9125, interval: 500ms}
            transport: nio
            threads: 3
            grace: 4s
            log:
              level: debug
              format: json
              file: gatehouse.log
              file-bytes-max: 1m
              days-max: 3
              total-bytes-max: 10m
            """;

    @Test
    void hasAKeyForWhateverCodeCanSet() {
        Set<String> sections = Set.of("tls", "proxy-protocol", "rate-limit", "opcode-names", "services", "routes");
        Set<String> single =
                Set.copyOf(GatewayKeys.KEYS.all().stream().map(Key::name).toList());
        assertThat(GatewayConfig.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .allMatch(name -> sections.contains(name) || single.contains(name));
    }

    @Test
    void takesEveryKeyFromTheEnvironmentToo() throws IOException {
        GatewaySettings settings = read(
                """
                users: {mode: development}
                services: {Big_Game: {nodes: {n.1: 'localhost:1'}}}
                routes: {all: {opcodes: 1001-1002, service: Big_Game}}
                """,
                Map.of(
                        "GATEHOUSE_LISTEN", "127.0.0.1:1",
                        "GATEHOUSE_RATE_LIMIT_ENABLED", "false",
                        "GATEHOUSE_SERVICES_BIG_GAME_NODES_N_1", "localhost:2",
                        "GATEHOUSE_SERVICES_BIG_GAME_NODES_N2", "localhost:3",
                        "GATEHOUSE_OPCODES_1001", "hello",
                        "GATEHOUSE_LOG_LEVEL", "",
                        "GATEHOUSE_ECHO_LISTEN", "for another command",
                        "GATEHOUSE_TOKEN", "for another command",
                        "HOME", "of somebody"));
        assertThat(settings.gateway().listen()).isEqualTo("127.0.0.1:1");
        assertThat(settings.gateway().rateLimit()).isEmpty();
        assertThat(settings.gateway().services()).containsOnlyKeys("Big_Game");
        assertThat(settings.gateway().services().values().stream().flatMap(service -> service.nodes().stream()))
                .containsExactlyInAnyOrder(Member.of("n.1", "localhost", 2), Member.of("n2", "localhost", 3));
        assertThat(settings.gateway().opcodeNames()).containsEntry(1001, "hello");
        assertThat(settings.log().level()).isEqualTo(LogLevel.INFO);
    }

    @Test
    void hasADifferentVariableForEachKey() {
        assertThat(GatewayKeys.KEYS.all())
                .extracting(key -> key.environmentVariable("GATEHOUSE_"))
                .doesNotHaveDuplicates()
                .allMatch(variable -> variable.matches("[A-Z0-9_<>]+"));
    }

    @Test
    void letsFlagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Path file = write("users: {mode: development}\nthreads: 1\nconnections-max: 1\ntrace: true\n");
        Map<String, String> environment = Map.of("GATEHOUSE_THREADS", "2", "GATEHOUSE_CONNECTIONS_MAX", "2");
        GatewaySettings settings =
                GatewaySettings.read(new Sources(Optional.of(file), environment, Map.of("threads", "3")));
        assertThat(settings.threads()).isEqualTo(3);
        assertThat(settings.gateway().connectionsMax()).isEqualTo(2);
        assertThat(settings.gateway().trace()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lisen: a                                   | FILE: lisen: unknown key (did you mean listen?)
            nonsense: a                                | FILE: nonsense: unknown key (expected: one of docs/configuration.md)
            services: {g: {nodse: {a: 'b:1'}}}         | FILE: services.g.nodse.a: unknown key (did you mean services.g.nodes.a?)
            listen: [a, b]                             | FILE: listen: a list (expected: HOST:PORT, the port 0..65535, an IPv6 address in brackets)
            listen: []                                 | FILE: listen: a list (expected: HOST:PORT, the port 0..65535, an IPv6 address in brackets)
            listen: {}                                 | FILE: listen: empty (expected: HOST:PORT, the port 0..65535, an IPv6 address in brackets)
            routes: [{opcodes: 1001}]                  | FILE: routes: a list (expected: keys below it, such as routes.<route>.opcodes)
            services: {g: {nodes: ['a:1']}}            | FILE: services.g.nodes: a list (expected: keys below it, such as services.g.nodes.<node>)
            nonsense: {}                               | FILE: nonsense: unknown key (expected: one of docs/configuration.md)
            services: {g: }                            | FILE: services.g: empty (expected: keys below it, such as services.g.placement)
            services: {g: {}}                          | FILE: services.g: empty (expected: keys below it, such as services.g.placement)
            services: {g: ''}                          | FILE: services.g: empty (expected: keys below it, such as services.g.placement)
            routes: {r: }                              | FILE: routes.r: empty (expected: keys below it, such as routes.r.opcodes)
            services: {g: {nodes: {a: }}}              | FILE: services.g.nodes.a: empty (expected: HOST:PORT, the port 1..65535, an IPv6 address in brackets)
            services: {'': {tls: true}}                | FILE: the name '' below services (expected: 1 to 64 letters, digits, '.', '_' or '-')
            services: {a b: {tls: true}}               | FILE: the name 'a b' below services (expected: 1 to 64 letters, digits, '.', '_' or '-')
            ~: 5                                       | FILE: the name '' (expected: 1 to 64 letters, digits, '.', '_' or '-')
            log.level: debug                           | FILE: log.level: dots in a name (expected: a level of the file for each, log: {level: ...})
            console.listen: localhost:8888             | FILE: console.listen: dots in a name (expected: a level of the file for each, console: {listen: ...})
            console: {listen: 'localhost:8888'}        | FILE: console.listen: localhost:8888 (expected: another port than listen, 127.0.0.1:8888)
            services: {g: {trust: FILE}}               | FILE: services.g.trust: FILE (expected: services.g.tls: true beside it, as only links with TLS trust anybody)
            listen:                                    | FILE: listen: empty (expected: HOST:PORT, the port 0..65535, an IPv6 address in brackets)
            listen: nowhere                            | FILE: listen: nowhere (expected: HOST:PORT, the port 0..65535, an IPv6 address in brackets)
            services: 5                                | FILE: services: a value (expected: keys below it, such as services.<service>.placement)
            connections-max: 0                         | FILE: connections-max: 0 (expected: 1..2147483647)
            connections-max: many                      | FILE: connections-max: many (expected: 1..2147483647)
            queue-bytes-max: 1                         | FILE: queue-bytes-max: 1 (expected: bytes, 1024..1073741824, for example 4096, 64k or 1m)
            queue-bytes-max: 9999999999g               | FILE: queue-bytes-max: 9999999999g (expected: bytes, 1024..1073741824, for example 4096, 64k or 1m)
            login-timeout: 0s                          | FILE: login-timeout: 0s (expected: a duration such as 250ms, 10s or 2m, 1ms or more)
            login-timeout: 10                          | FILE: login-timeout: 10 (expected: a duration such as 250ms, 10s or 2m, 1ms or more)
            trace: maybe                               | FILE: trace: maybe (expected: true or false)
            transport: carrier-pigeon                  | FILE: transport: carrier-pigeon (expected: one of auto, io-uring, epoll, nio)
            proxy-protocol: {trusted: 10.0.0.0/33}     | FILE: proxy-protocol.trusted: 10.0.0.0/33 (expected: networks with spaces between, such as 10.0.0.0/8 2001:db8::/32 192.0.2.7)
            tls: {certificate: FILE, key: FILE, client-certificates: required} | tls.trust: not set (expected: a file, as tls.client-certificates is on)
            tls: {client-certificates: required, trust: FILE} | FILE: tls.client-certificates: required (expected: tls.certificate and tls.key beside it)
            tls: {certificate: FILE, key: FILE, trust: FILE} | FILE: tls.trust: FILE (expected: tls.client-certificates: optional or required beside it, as nobody is asked else)
            tls: {certificate: FILE}                   | tls.key: not set (expected: tls.certificate and tls.key, or neither)
            users: {token-file: /no/such/file}         | FILE: users.token-file: /no/such/file (expected: a file that can be read)
            services: {g: {token: 'x y'}}              | FILE: services.g.token: (hidden) (expected: visible ASCII characters)
            services: {g: {nodes: {a: 'b:0'}}}         | FILE: services.g.nodes.a: b:0 (expected: HOST:PORT, the port 1..65535, an IPv6 address in brackets)
            services: {g: {nodes: {a: 'b:1'}, weights: {c: 1}}} | FILE: services.g.weights.c: no such node (expected: one of [a])
            services: {g: {nodes: {a: 'b:1'}, placement: fixed}} | services.g.fixed-node: empty (expected: one of [a])
            services: {g: {placement: ring}}           | FILE: services.g.placement: ring (expected: another one, as there are no rings without coordinator.addresses, nor of nodes that stand here)
            coordinator: {addresses: 'a:1'}            | coordinator.secret-file: not set (expected: a file whose first line is the secret of the cluster; or give it in GATEHOUSE_CLUSTER_SECRET)
            coordinator: {addresses: 'a:0'}            | FILE: coordinator.addresses: a:0 (expected: addresses with commas between, such as 10.0.0.1:12345,10.0.0.2:12345)
            coordinator: {addresses: 'a:1,,b:2'}       | FILE: coordinator.addresses: a:1,,b:2 (expected: addresses with commas between, such as 10.0.0.1:12345,10.0.0.2:12345)
            coordinator: {secret-file: /no/such/file}  | FILE: coordinator.secret-file: /no/such/file (expected: a file that can be read)
            etcd: {endpoints: 'http://h:1,h:2'}        | FILE: etcd.endpoints: endpoint: h:2 (expected: http://HOST:PORT or https://HOST:PORT)
            etcd: {endpoints: 'http://h:1', trust: FILE} | FILE: etcd.trust: endpoints: [http://h:1] (expected: https, as TLS files are given)
            etcd: {endpoints: 'https://h:1', key: FILE} | etcd.certificate: not set (expected: etcd.certificate and etcd.key, or neither)
            etcd: {prefix: /here}                      | FILE: etcd.prefix: /here (expected: text that matches [!-~]{0,199}/)
            opcodes: {70000: a}                        | FILE: opcodes.70000: a (expected: a number of 0..32767 before the colon)
            routes: {r: {opcodes: 1-5}}                | FILE: routes.r.opcodes: 1-5 (expected: FIRST-LAST or one opcode, within 1001..32767)
            routes: {r: {opcodes: 1001-1002}}          | routes.r.service: not set (expected: text that matches [A-Za-z0-9._-]{1,64})
            routes: {r: {opcodes: 1001-1002, service: s}} | FILE: routes.r.service: s (expected: a name below services: [])
            """)
    void refusesAMistakeWithOneSentence(String yaml, String sentence) throws IOException {
        Path file = folder.resolve("gatehouse.yaml");
        String text = (yaml.startsWith("users") ? "" : "users: {mode: development}\n")
                + yaml.replace("FILE", file.toString());
        assertThatThrownBy(() -> read(text, Map.of()))
                .isInstanceOf(OperatorException.class)
                .hasMessage(sentence.replace("FILE", file.toString()));
    }

    @Test
    void placesByTheRingWhatTheCoordinatorsTellOf() throws IOException {
        String yaml = """
                users: {mode: development}
                coordinator: {addresses: '127.0.0.1:12345'}
                services:
                  mine: {nodes: {a: 'localhost:1'}}
                  theirs: {contract: trunk}
                  turns: {placement: round-robin}
                routes:
                  mine: {opcodes: 1001, service: mine}
                  theirs: {opcodes: 1002, service: theirs}
                """;
        GatewaySettings settings = read(yaml, Map.of(ClusterSecrets.VARIABLE, "secret"));
        Map<String, ServiceConfig> services = settings.gateway().services();
        assertThat(services.values())
                .extracting(ServiceConfig::name, ServiceConfig::placement)
                .containsExactlyInAnyOrder(
                        tuple("mine", PlacementPolicy.USER_HASH),
                        tuple("theirs", PlacementPolicy.RING),
                        tuple("turns", PlacementPolicy.ROUND_ROBIN));
        assertThat(settings.cluster().orElseThrow().id()).matches("gateway-[0-9a-f]{12}");
    }

    @Test
    void findsNodesInEtcd() throws IOException {
        Path some = Files.writeString(folder.resolve("some.pem"), "");
        String yaml = """
                users: {mode: development}
                etcd: {endpoints: 'https://h:1,https://h:2', prefix: /here/, timeout: 1s, trust: SOME, certificate: SOME, key: SOME}
                services:
                  mine: {nodes: {a: 'localhost:1'}}
                  theirs: {placement: fixed, fixed-node: a}
                """.replace("SOME", some.toString());
        GatewaySettings settings = read(yaml, Map.of());
        assertThat(settings.etcd())
                .contains(new EtcdSettings(
                        EtcdAccess.of(List.of("https://h:1", "https://h:2"))
                                .withTimeout(Duration.ofSeconds(1))
                                .withTls(new EtcdTls(Optional.of(some), Optional.of(some), Optional.of(some))),
                        "/here/"));
    }

    @Test
    void followsCoordinatorsOrEtcdButNotBoth() {
        String yaml = """
                users: {mode: development}
                coordinator: {addresses: '127.0.0.1:12345'}
                etcd: {endpoints: 'http://h:1'}
                """;
        assertThatThrownBy(() -> read(yaml, Map.of(ClusterSecrets.VARIABLE, "secret")))
                .isInstanceOf(OperatorException.class)
                .hasMessageEndingWith(
                        "etcd.endpoints: http://h:1 (expected: etcd.endpoints or coordinator.addresses, not both)");
    }

    @Test
    void takesSectionsWithNothingBelowThem() throws IOException {
        GatewaySettings settings =
                read("users: {mode: development}\nservices:\nroutes: {}\nlog: ''\nconsole:\n", Map.of());
        assertThat(settings.gateway()).isEqualTo(GatewayConfig.builder().build());
    }

    @Test
    void refusesRoutesThatOverlap() {
        String yaml = """
                users: {mode: development}
                services: {s: {nodes: {a: 'b:1'}}}
                routes:
                  one: {opcodes: 1001-1999, service: s}
                  two: {opcodes: 1999-2005, service: s}
                """;
        assertThatThrownBy(() -> read(yaml, Map.of()))
                .isInstanceOf(OperatorException.class)
                .hasMessageEndingWith(
                        "routes.two.opcodes: 1999-2005 (expected: no overlap with routes.one.opcodes, 1001-1999)");
    }

    @Test
    void refusesAKeyTwice() {
        assertThatThrownBy(() -> read("threads: 1\nthreads: 2\n", Map.of()))
                .isInstanceOf(OperatorException.class)
                .hasMessageEndingWith("line 2: isn't YAML: found duplicate key threads");
    }

    @Test
    void wantsToBeToldToLetEverybodyIn() {
        assertThatThrownBy(() -> read("threads: 1", Map.of()))
                .isInstanceOf(OperatorException.class)
                .hasMessage(
                        "users.token-file: not set (expected: a file of lines USER-ID TOKEN; or, to let everybody in,"
                                + " users.mode: development)");
    }

    @Test
    void namesTheVariableOfAMistake() {
        assertThatThrownBy(() -> read("users: {mode: development}", Map.of("GATEHOUSE_IDLE_TIMEOUT", "long")))
                .isInstanceOf(OperatorException.class)
                .hasMessage("environment: GATEHOUSE_IDLE_TIMEOUT: long (expected: a duration such as 250ms, 10s or 2m,"
                        + " 0s or more)");
    }
}
