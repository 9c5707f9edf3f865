package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.link.CloseCode;
import dev.gatehouse.link.Open;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node may do with one session on a trunk, right and wrong. */
class TrunkAttachmentTest extends OnTrunk {
    @Test
    void tellsTheNodeWhoIsAttachedButNotTheCertificate() {
        try (RawTrunk node = new RawTrunk(new Echo());
                GatewayFixture gateway = gateway(node);
                RawClient client = gateway.client()) {
            LoginRequest request =
                    new LoginRequest(3, "udid", "secret-certificate", 7, "de", "app", "os", "phone", "", 0, "10.0.0.1");
            client.sendLogin(request).receive();
            Open open = node.attached(0).open();
            assertThat(open.user()).isEqualTo(1);
            assertThat(open.service()).isEqualTo("game");
            assertThat(open.remoteAddress())
                    .isEqualTo("127.0.0.1:" + client.socket().getLocalPort());
            assertThat(open.ringEpoch()).isZero();
            assertThat(open.attributes())
                    .containsEntry("login_way", "3")
                    .containsEntry("open_udid", "udid")
                    .containsEntry("client_version", "7")
                    .containsEntry("user_lang", "de")
                    .containsEntry("device_name", "phone")
                    .containsEntry("login_ip", "10.0.0.1")
                    .doesNotContainKey("device_id")
                    .doesNotContainValue("secret-certificate");
        }
    }

    @Test
    void asksAgainWithoutEndAndWithoutAnAttemptWhenTheRingIsStale() {
        AtomicInteger opens = new AtomicInteger();
        RawTrunk.Script stale = new Echo() {
            @Override
            public void opened(RawTrunk.Call call, long id, Open open) {
                if (opens.incrementAndGet() <= 10) {
                    call.write(batch -> batch.close(id, CloseCode.STALE_RING, ""));
                }
            }
        };
        try (RawTrunk node = new RawTrunk(stale);
                GatewayFixture gateway =
                        gateway(node, b -> b.reattachAttemptsMax(1).reattachJitter(Duration.ofMillis(10)));
                RawClient client = gateway.client("asks-again")) {
            await().until(() -> opens.get() == 11);
            assertThat(client.send(1001, "there").receive().text()).isEqualTo("there");
            assertThat(node(gateway).lostAttachments()).isZero();
            // Each refusal was answered with a close.
            assertThat(node.calls().stream().mapToInt(c -> c.closed.size()).sum())
                    .isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseCode.class,
            names = {"NORMAL", "FAILED", "PROTOCOL_ERROR"})
    void endsTheSessionThatTheServiceCloses(CloseCode code) {
        try (RawTrunk node = new RawTrunk(new Echo());
                GatewayFixture gateway = gateway(node);
                RawClient client = gateway.client("closed")) {
            node.attached(0).push(1002, "last");
            node.attached(0).close(code);
            assertThat(client.receive().text()).isEqualTo("last");
            assertThat(client.receiveEnd()).isEqualTo(EndReason.SERVICE_CLOSED.code());
            client.disconnect();
            gateway.awaitSessions(0);
            await().until(() -> node.calls().stream()
                    .anyMatch(c -> c.closed.equals(List.of(node.attached(0).id()))));
        }
    }

    @Test
    void endsTheSessionThatTheServiceKicks() {
        try (RawTrunk node = new RawTrunk(new Echo());
                GatewayFixture gateway = gateway(node);
                RawClient client = gateway.client("kicked")) {
            node.attached(0).close(CloseCode.KICKED);
            assertThat(client.receiveEnd()).isEqualTo(EndReason.KICKED.code());
            client.disconnect();
            gateway.awaitSessions(0);
        }
    }

    @Test
    void attachesElsewhereTheSessionThatTheNodeCannotKeep() {
        try (RawTrunk node = new RawTrunk(new Echo());
                GatewayFixture gateway = gateway(node);
                RawClient client = gateway.client("moves")) {
            node.attached(0).close(CloseCode.UNAVAILABLE);
            node.attached(1);
            assertThat(client.send(1001, "there").receive().text()).isEqualTo("there");
            assertThat(node(gateway).lostAttachments()).isEqualTo(1);
        }
    }

    @Test
    void countsAsStaleWhatComesForAFinishedAttachment() {
        try (RawTrunk node = new RawTrunk(new Echo());
                GatewayFixture gateway = gateway(node)) {
            RawClient client = gateway.client("gone");
            RawTrunk.Attached gone = node.attached(0);
            client.close();
            gateway.awaitSessions(0);
            gone.push(1002, "too late");
            gone.push(1002, "too late");
            gone.close(CloseCode.NORMAL);
            await().until(() -> node(gateway).stale() == 2);
        }
    }

    @Test
    void letsANodeThatNeverLetsGoDelayTheEndOnlySoLong() {
        RawTrunk.Script neverEnds = new Echo() {
            @Override
            public void closed(RawTrunk.Call call, long id) {
                call.write(batch -> batch.payload(id, 1002, Unpooled.EMPTY_BUFFER));
            }
        };
        try (RawTrunk node = new RawTrunk(neverEnds);
                GatewayFixture gateway = gateway(node, b -> b.detachTimeout(Duration.ofMillis(100)))) {
            gateway.client("again").close();
            gateway.awaitSessions(0);
            try (RawClient client = gateway.client("again")) {
                assertThat(client.send(1001, "back").receive().text()).isEqualTo("back");
            }
            await().until(() -> node(gateway).stale() >= 1);
        }
    }

    @Test
    void endsTheSessionOfAPacketThatMakesNoSense() {
        try (RawTrunk node = new RawTrunk(new Echo());
                GatewayFixture gateway = gateway(node, b -> b.packetBytesMax(4096))) {
            try (RawClient client = gateway.client("short")) {
                RawTrunk.Attached attached = node.attached(0);
                attached.call().write(batch -> batch.payload(attached.id(), Unpooled.wrappedBuffer(new byte[1])));
                assertThat(client.receiveEnd()).isEqualTo(EndReason.SERVICE_CLOSED.code());
            }
            try (RawClient client = gateway.client("long")) {
                RawTrunk.Attached attached = node.attached(1);
                attached.call().write(batch -> batch.payload(attached.id(), Unpooled.wrappedBuffer(new byte[4097])));
                assertThat(client.receiveEnd()).isEqualTo(EndReason.SERVICE_CLOSED.code());
            }
            gateway.awaitSessions(0);
        }
    }
}
