package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.Framing;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class ServerExtensionTest {
    @RegisterExtension
    final ServerExtension server = ServerExtension.of(
            Framing.lines(100),
            s -> s.options(ConnectionOptions.builder()
                            .idleTimeout(Duration.ofSeconds(10))
                            .build())
                    .handler(new Echo()));

    private static final class Echo implements ConnectionHandler {
        @Override
        public void message(Connection connection, ByteBuf payload) {
            connection.send(payload);
        }
    }

    @Test
    void runsAHandler() {
        server.peer().sendText("hello\n").expectText("hello\n");
        server.peer().sendHex("41 42 0d0a").expectHex("41420a");
    }

    @Test
    void givesEachTestAServerOfItsOwn() {
        assertThat(server.server().statistics().opened()).isZero();
        assertThat(server.peer().sendText("a\nb\n").read(4)).containsExactly('a', '\n', 'b', '\n');
    }

    @Test
    void goesByAClockThatIsMovedByHand() {
        TestPeer peer = server.peer();
        peer.sendText("a\n").expectText("a\n");
        server.ticker().advance(Duration.ofSeconds(10).minusNanos(1));
        peer.sendText("b\n").expectText("b\n");
        server.ticker().advance(Duration.ofSeconds(10));
        peer.expectEof().close();
        await().until(() -> server.server().statistics().closed(CloseReason.IDLE_TIMEOUT) == 1);
    }

    @Test
    void halfClosesAndReadsTheRest() {
        TestPeer peer = server.peer().sendText("a\nb\n").shutdownOutput();
        assertThat(peer.readAll()).hasSize(4);
    }

    @Test
    void aPeerSaysWhatItExpectedAndWhatItGot() {
        TestPeer peer = server.peer().sendText("abc\n");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> peer.expectText("abd\n"))
                .withMessage("expected 6162640a, but got 6162630a");
        TestPeer other = server.peer().sendText("a\n");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(other::expectEof)
                .withMessage("expected EOF, but got 61");
        TestPeer closed = server.peer().sendText("a\n").shutdownOutput();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> closed.expectText("a\nb\n"))
                .withMessage("expected 610a620a, but got 610a and EOF");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> closed.read(1))
                .withMessage("expected 1 bytes, but got EOF after nothing");
    }

    @Test
    void aResetIsNoEof() {
        TestPeer peer = server.peer();
        peer.sendText("a\n").expectText("a\n");
        peer.reset();
        await().until(() -> server.server().statistics().closed(CloseReason.PEER_RESET) == 1);
    }

    @Test
    void theClockNeverGoesBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.ticker().advance(Duration.ofNanos(-1)))
                .withMessage("by: PT-0.000000001S (expected: 0 or more)");
    }

    @Test
    void thereIsNoServerOutsideOfATest() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ServerExtension.of(Framing.lines(1), s -> {}).server())
                .withMessage("the server runs during a test only");
    }
}
