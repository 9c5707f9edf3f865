package dev.gatehouse.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;

/** Whatever stands in an address, it is read or refused. The hosts are such as need no look-up, which would leave the machine. */
class AddressFuzzTest {
    @FuzzTest
    void parse(byte[] input) {
        String text = new String(input, UTF_8);
        check("127.0.0.1:" + text);
        check("[::1" + text);
    }

    private static void check(String text) {
        InetSocketAddress address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("address: ");
            return;
        }
        if (!address.isUnresolved()) {
            assertThat(Address.parse(Address.format(address))).isEqualTo(address);
        }
    }
}
