package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.Heartbeat;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionTest extends OnEachContract {
    @SuppressWarnings("NullAway.Init") // start sets it.
    private GatewayFixture fixture;

    @BeforeParameterizedClassInvocation
    void start() {
        // The machine may stall for longer than an attachment's end takes otherwise.
        fixture = new GatewayFixture(1, b -> b.noRateLimit().detachTimeout(Duration.ofSeconds(60)));
    }

    @AfterParameterizedClassInvocation
    void stop() {
        fixture.close();
    }

    @Test
    void answersHeartbeatsBeforeAndAfterTheLogin() {
        try (RawClient client = fixture.client()) {
            assertThat(client.send(Gonet2.HEART_BEAT_REQ, new Heartbeat(42)::write)
                            .receive()
                            .payload())
                    .containsExactly(0, 0, 0, 42);
            client.login("heart");
            assertThat(client.send(Gonet2.HEART_BEAT_REQ, new byte[0]).receive().payload())
                    .containsExactly(0, 0, 0, 0);
        }
    }

    @Test
    void givesEachUdidANumberOfItsOwn() {
        try (RawClient a = fixture.client();
                RawClient b = fixture.client()) {
            int first = a.login("number-a");
            assertThat(b.login("number-b")).isNotEqualTo(first);
        }
    }

    @Test
    void carriesPacketsOfEverySizeThereAndBack() {
        try (RawClient client = fixture.client()) {
            client.login("sizes");
            for (int size : new int[] {0, 1, 63, 4096, 16_384, 65_529}) {
                byte[] payload = new byte[size];
                new java.util.Random(size).nextBytes(payload);
                RawClient.Packet answer = client.send(1001, payload).receive();
                assertThat(answer.opcode()).isEqualTo(1002);
                assertThat(answer.payload()).isEqualTo(payload);
            }
        }
    }

    @Test
    void keepsTheOrderOfPipelinedPackets() {
        try (RawClient client = fixture.client()) {
            client.login("pipeline");
            for (int i = 0; i < 1000; i++) {
                client.send(1001, "n" + i);
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(client.receive().text()).isEqualTo("n" + i);
            }
        }
    }

    @Test
    void pushesToAClientThatOnlyListens() {
        try (RawClient listener = fixture.client();
                RawClient talker = fixture.client()) {
            int user = listener.login("listener");
            talker.login("talker");
            // A login is acknowledged before a node that is trusted has seen it.
            await().until(() -> fixture.nodes.getFirst().user(user).isPresent());
            talker.send(1003, "hello all");
            RawClient.Packet push = listener.receive();
            assertThat(push.opcode()).isEqualTo(1004);
            assertThat(push.text()).isEqualTo("hello all");
        }
    }

    @Test
    void endsASessionThatTheServiceKicks() {
        long before = fixture.ended(EndReason.KICKED);
        try (RawClient client = fixture.client()) {
            client.login("kicked");
            client.send(1005, "");
            RawClient.Packet end = client.receive();
            assertThat(end.opcode()).isEqualTo(Gonet2.CLIENT_ERROR_ACK);
            assertThat(end.error().code()).isEqualTo(EndReason.KICKED.code());
            assertThat(client.closedInOrder()).isTrue();
        }
        fixture.awaitEnded(EndReason.KICKED, before + 1);
    }

    @Test
    void endsASessionThatTheOperatorKicks() {
        try (RawClient client = fixture.client()) {
            int user = client.login("operator");
            assertThat(fixture.gateway.kick(user)).isTrue();
            assertThat(client.receive().error().code()).isEqualTo(EndReason.KICKED.code());
        }
        assertThat(fixture.gateway.kick(999_999)).isFalse();
    }

    @Test
    void endsOnlyTheSessionWhoseServiceHandlerThrows() {
        try (RawClient client = fixture.client();
                RawClient other = fixture.client()) {
            client.login("throws");
            other.login("unharmed");
            client.send(1006, "");
            assertThat(client.receive().error().code()).isEqualTo(EndReason.SERVICE_CLOSED.code());
            assertThat(other.send(1001, "still").receive().text()).isEqualTo("still");
        }
    }

    @Test
    void replacesTheOlderSessionOfAUser() {
        try (RawClient first = fixture.client();
                RawClient second = fixture.client()) {
            int user = first.login("twice");
            assertThat(second.login("twice")).isEqualTo(user);
            assertThat(first.receive().error().code()).isEqualTo(EndReason.REPLACED.code());
            assertThat(first.closedInOrder()).isTrue();
            assertThat(second.send(1001, "alive").receive().text()).isEqualTo("alive");
            assertThat(fixture.handler.events.stream().filter(e -> e.endsWith(" " + user)))
                    .containsExactly("opened " + user, "closed " + user, "opened " + user);
        }
    }

    @Test
    void tellsTheServiceWhenAClientGoes() {
        int user;
        try (RawClient client = fixture.client()) {
            user = client.login("goes");
        }
        await().untilAsserted(() -> assertThat(fixture.handler.events).contains("closed " + user));
    }

    @Test
    void countsWhatItDoes() {
        // What is pushed to the sessions of earlier tests counts, too.
        fixture.awaitSessions(0);
        GatewayStatistics before = fixture.gateway.statistics();
        try (RawClient client = fixture.client()) {
            client.login("counted");
            client.send(1001, "12345").receive();
            GatewayStatistics now = fixture.gateway.statistics();
            assertThat(now.logins()).isEqualTo(before.logins() + 1);
            GatewayStatistics.Route route = now.routes().get(1);
            assertThat(route.name()).isEqualTo("game");
            assertThat(route.packetsIn()).isEqualTo(before.routes().get(1).packetsIn() + 1);
            assertThat(route.bytesOut()).isEqualTo(before.routes().get(1).bytesOut() + 7);
            GatewayStatistics.Node node = now.nodes().get(0);
            assertThat(node.forwarded()).isGreaterThan(before.nodes().get(0).forwarded());
            // One packet of sixteen is timed.
            for (int i = 0; i < 16; i++) {
                client.send(1001, "12345").receive();
            }
            assertThat(fixture.gateway.statistics().opcodes())
                    .anyMatch(o -> o.opcode() == 1001 && o.handlingNanos() > 0);
        }
    }
}
