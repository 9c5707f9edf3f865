package dev.gatehouse.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdAccessTest {
    @Test
    void hasADefaultForAllButTheEndpoints() {
        EtcdAccess access = EtcdAccess.of(List.of("http://127.0.0.1:2379", "http://[::1]:2379"));
        assertThat(access).isEqualTo(new EtcdAccess(access.endpoints(), Optional.empty(), Duration.ofSeconds(2)));
        assertThat(access.secure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:2379",
                "http://127.0.0.1",
                "ftp://h:1",
                "http://h:0",
                "http://h:65536",
                "http://h:1/x",
                "http://u@h:1",
                ""
            })
    void refusesWhatIsNoEndpoint(String text) {
        assertThatThrownBy(() -> EtcdAccess.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("endpoint: " + text + " (expected: http://HOST:PORT or https://HOST:PORT)");
    }

    @Test
    void refusesAMixOfSchemes() {
        assertThatThrownBy(() -> EtcdAccess.of(List.of("http://h:1", "https://h:2")))
                .hasMessageContaining("(expected: http or https, not both)");
    }

    @Test
    void refusesTlsFilesWithoutTls() {
        EtcdTls none = new EtcdTls(Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> EtcdAccess.of(List.of("http://h:1")).withTls(none))
                .hasMessageContaining("(expected: https, as TLS files are given)");
    }
}
