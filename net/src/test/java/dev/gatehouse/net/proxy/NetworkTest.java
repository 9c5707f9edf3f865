package dev.gatehouse.net.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static InetSocketAddress address(String ip) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(ip), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.1, true",
        "0.0.0.0/0, ::1, false",
        "128.0.0.0/1, 255.0.0.1, true",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, ::1, true",
        "::1/128, ::2, false",
        "::/0, 2001:db8::1, true",
        "::/0, 127.0.0.1, false",
    })
    void containsAddressesWithTheSameFirstBits(String network, String ip, boolean contained) throws Exception {
        assertThat(Network.parse(network).contains(address(ip))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "10.0.0.256",
                "::1/129",
                "::1/9999999999",
                "fe80::1%lo/64",
                "localhost",
                "localhost/8",
                " 10.0.0.0/8"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyProtocol.trusting("127.0.0.1", text))
                .withMessage("trusted network: " + text
                        + " (expected: ADDRESS/BITS or ADDRESS, with an IPv4 address and 0..32 or an IPv6 address"
                        + " and 0..128)");
    }

    @Test
    void aListTrustsWhatAnyOfItContains() throws Exception {
        ProxyProtocol proxies = ProxyProtocol.trusting("10.0.0.0/8", "::1");
        assertThat(proxies.trusts(address("10.0.0.1"))).isTrue();
        assertThat(proxies.trusts(address("::1"))).isTrue();
        assertThat(proxies.trusts(address("127.0.0.1"))).isFalse();
        assertThat(proxies.trusts(InetSocketAddress.createUnresolved("10.0.0.1", 1)))
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyProtocol.trusting(List.of()))
                .withMessage("trusted networks: none (expected: one or more)");
    }

    @Test
    void anIpv4NetworkContainsMappedAddressesToo() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xFF;
        mapped[12] = 10;
        InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(address).isInstanceOf(Inet6Address.class);
        assertThat(Network.parse("10.0.0.0/8").contains(new InetSocketAddress(address, 1)))
                .isTrue();
        assertThat(Network.parse("11.0.0.0/8").contains(new InetSocketAddress(address, 1)))
                .isFalse();
    }

    @Test
    void limitsTheHeader() {
        ProxyProtocol proxies = ProxyProtocol.trusting("::1");
        assertThat(proxies.withHeaderBytesMax(232).withHeaderBytesMax(65_551)).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxies.withHeaderBytesMax(231))
                .withMessage("headerBytesMax: 231 (expected: 232..65551)");
        assertThatIllegalArgumentException().isThrownBy(() -> proxies.withHeaderBytesMax(65_552));
    }
}
