package dev.gatehouse.backend.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ListenAddressTest {
    @Test
    void readsAndWritesAddresses() {
        assertThat(ListenAddress.text(ListenAddress.parse("127.0.0.1:7000"))).isEqualTo("127.0.0.1:7000");
        assertThat(ListenAddress.text(ListenAddress.parse("[::1]:0"))).isEqualTo("[0:0:0:0:0:0:0:1]:0");
        assertThat(ListenAddress.text(InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
                .isEqualTo("nowhere.invalid:1");
    }
}
