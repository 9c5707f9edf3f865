package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.logging.LogFormat;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.LogSettings;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.ClientCertificates;
import dev.gatehouse.net.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void hasDefaults() {
        assertThat(EchoSettings.read(new Sources(Optional.empty(), Map.of(), Map.of())))
                .isEqualTo(new EchoSettings(
                        List.of(new ListenAddress(new HostPort("127.0.0.1", 6379), false)),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        64 << 10,
                        50_000,
                        Duration.ZERO,
                        TransportChoice.AUTO,
                        0,
                        Duration.ofSeconds(10),
                        LogSettings.DEFAULT));
    }

    @Test
    void readsEveryKey() throws IOException {
        Path some = Files.writeString(folder.resolve("some.pem"), "");
        Path file = Files.writeString(folder.resolve("echo.yaml"), """
                listen: localhost:7000
                tls: {certificate: SOME, key: SOME, client-certificates: required, trust: SOME}
                proxy-protocol: {trusted: 192.0.2.7, header-bytes-max: 300}
                handshake-timeout: 3s
                line-bytes-max: 1k
                connections-max: 5
                idle-timeout: 1m
                transport: epoll
                threads: 1
                grace: 1s
                log: {level: warn, format: json, file: echo.log, file-bytes-max: 1m, days-max: 1, total-bytes-max: 2m}
                """.replace("SOME", some.toString()));
        Sources sources = new Sources(Optional.of(file), Map.of(), Map.of());
        assertThat(EchoSettings.read(sources))
                .isEqualTo(new EchoSettings(
                        List.of(new ListenAddress(new HostPort("localhost", 7000), false)),
                        Optional.of(new TlsFiles(some, some, ClientCertificates.REQUIRED, Optional.of(some))),
                        Optional.of(ProxyProtocol.trusting("192.0.2.7").withHeaderBytesMax(300)),
                        Duration.ofSeconds(3),
                        1024,
                        5,
                        Duration.ofMinutes(1),
                        TransportChoice.EPOLL,
                        1,
                        Duration.ofSeconds(1),
                        new LogSettings(
                                LogLevel.WARN, LogFormat.JSON, Optional.of(Path.of("echo.log")), 1 << 20, 1, 2 << 20)));
        Values values = new ConfigReader(EchoKeys.KEYS).read(sources);
        assertThat(EchoKeys.KEYS.all())
                .filteredOn(key -> !EchoKeys.REDIS.contains(key.name()))
                .allMatch(values::hasAny, "is in the file of this test");
    }

    @Test
    void hasVariablesOfItsOwn() {
        Map<String, String> environment = Map.of("GATEHOUSE_ECHO_LISTEN", "localhost:1", "GATEHOUSE_LISTEN", "a:2");
        assertThat(EchoSettings.read(new Sources(Optional.empty(), environment, Map.of()))
                        .listen())
                .hasToString("[localhost:1]");
    }

    private List<ListenAddress> listen(String name, String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return EchoSettings.read(new Sources(Optional.of(file), environment, Map.of()))
                .listen();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            port 7000                                 | [127.0.0.1:7000]
            bind 10.0.0.1                             | [10.0.0.1:6379]
            bind * -::*                               | [0.0.0.0:6379, [::]:6379]
            BIND "10.0.0.1" '-::1'                    | [10.0.0.1:6379, [::1]:6379]
            save 60 1\\n# port 1\\nport 2\\nport 3       | [127.0.0.1:3]
            include /etc/other.conf\\n\\n\\tport\\t7000\\r\\n | [127.0.0.1:7000]
            maxmemory                                 | [127.0.0.1:6379]
            """)
    void readsTheFormOfRedis(String text, String addresses) throws IOException {
        String lines = text.translateEscapes();
        assertThat(listen("redis-test.conf", lines, Map.of())).hasToString(addresses);
    }

    @Test
    void remembersWhichAddressIsOptional() throws IOException {
        assertThat(listen("redis.conf", "bind 127.0.0.1 -::1\n", Map.of()))
                .extracting(ListenAddress::optional)
                .containsExactly(false, true);
    }

    @Test
    void takesTheSameInYamlAndTheEnvironment() throws IOException {
        assertThat(listen("echo.yaml", "bind: 10.0.0.1 -::1\nport: 1\n", Map.of("GATEHOUSE_ECHO_PORT", "2")))
                .hasToString("[10.0.0.1:2, [::1]:2]");
    }

    @Test
    void takesWhatTheStrongerSourceSays() throws IOException {
        assertThat(listen("redis.conf", "port 7000\n", Map.of("GATEHOUSE_ECHO_LISTEN", "localhost:1")))
                .hasToString("[localhost:1]");
        assertThat(listen("echo.yaml", "listen: localhost:1\n", Map.of("GATEHOUSE_ECHO_PORT", "2")))
                .hasToString("[127.0.0.1:2]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a.conf | port                          | port: empty (expected: 0..65535)
            a.conf | port many                     | port: many (expected: 0..65535)
            a.conf | bind ""                       | bind: empty (expected: addresses with spaces between, such as 127.0.0.1 -::1)
            a.conf | bind 127.0.0.1:6379           | bind: 127.0.0.1:6379 (expected: addresses with spaces between, such as 127.0.0.1 -::1)
            a.yaml | {listen: 'a:1', port: 1}      | listen: a:1 (expected: listen, or bind and port, not both)
            """)
    void refusesAMistakeWithOneSentence(String name, String text, String sentence) {
        assertThatThrownBy(() -> listen(name, text, Map.of()))
                .isInstanceOf(OperatorException.class)
                .hasMessage(folder.resolve(name) + ": " + sentence);
    }
}
