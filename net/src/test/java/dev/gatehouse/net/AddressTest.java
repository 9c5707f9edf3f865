package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "127.0.0.1:65535", "[0:0:0:0:0:0:0:1]:80", "no-such-host.invalid:7"})
    void readsWhatItWrites(String text) {
        assertThat(Address.format(Address.parse(text))).isEqualTo(text);
    }

    @Test
    void leavesAnUnknownHostUnresolved() {
        InetSocketAddress address = Address.parse("no-such-host.invalid:7");
        assertThat(address.isUnresolved()).isTrue();
        assertThat(address.getHostString()).isEqualTo("no-such-host.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":1", "host", "host:", "host:x", "host:65536", "host:-1", "host:123456", "::1:80", "[::1]"})
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessage("address: " + text + " (expected: HOST:PORT with a port of 0..65535)");
    }
}
