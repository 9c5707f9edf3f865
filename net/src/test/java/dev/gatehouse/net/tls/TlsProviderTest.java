package dev.gatehouse.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TlsProviderTest {
    /** The build runs these tests twice, once with BoringSSL on the class path. */
    @Test
    void isTheJdkUnlessBoringsslIsOnTheClassPath() {
        TlsProvider expected = TlsProvider.valueOf(System.getProperty("dev.gatehouse.net.tls.expected", "JDK"));
        assertThat(TlsProvider.inUse()).isEqualTo(expected);
    }
}
