package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest extends TransportTest {
    private static final ConnectionHandler ECHO = (c, message) -> c.send(message);

    ConnectionLimitsTest(Transport transport) {
        super(transport);
    }

    @Test
    void holdsTheLimitOfAnAddress() {
        Server server = start(server(FRAMES).handler(ECHO).connectionsPerAddressMax(2));
        Peer first = peer(server);
        Peer second = peer(server);
        assertThat(first.sendFrames("a").readFrame()).isEqualTo("a");
        assertThat(second.sendFrames("b").readFrame()).isEqualTo("b");
        peer(server);
        awaitClosed(server, CloseReason.ADDRESS_LIMIT, 1);
        assertThat(server.statistics().refused()).isEqualTo(1);
        Peer elsewhere = closed(Peer.connectFrom("127.0.0.2", server.localAddress()));
        assertThat(elsewhere.sendFrames("c").readFrame()).isEqualTo("c");
        first.close();
        awaitConnections(server, 2);
        assertThat(peer(server).sendFrames("d").readFrame()).isEqualTo("d");
    }

    @Test
    void countsANetworkOfIpv6AsOneAddress() {
        AddressCounts counts = new AddressCounts(1);
        assertThat(counts.enter(new InetSocketAddress("2001:db8::1", 1))).isTrue();
        assertThat(counts.enter(new InetSocketAddress("2001:db8::ffff:1", 2))).isFalse();
        assertThat(counts.enter(new InetSocketAddress("2001:db8:0:1::1", 3))).isTrue();
        counts.leave(new InetSocketAddress("2001:db8::1", 1));
        assertThat(counts.enter(new InetSocketAddress("2001:db8::ffff:1", 2))).isTrue();
    }

    @Test
    void knowsNothingOfAddressesThatHaveLeft() {
        AddressCounts counts = new AddressCounts(1);
        InetSocketAddress remote = new InetSocketAddress("192.0.2.1", 1);
        for (int i = 0; i < 3; i++) {
            assertThat(counts.enter(remote)).isTrue();
            assertThat(counts.enter(remote)).isFalse();
            counts.leave(remote);
            assertThat(counts.size()).isZero();
        }
    }
}
