package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.Authenticator.Decision;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an authenticator may do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginTest {
    private GatewayFixture fixture;
    private volatile Authenticator authenticator = Authenticator.development();

    @BeforeAll
    void start() {
        fixture = new GatewayFixture(
                1,
                new DemoHandler(),
                b -> b.noRateLimit(),
                b -> b.authenticator((request, address) -> authenticator.authenticate(request, address)));
    }

    @BeforeEach
    void forgetEnds() {
        fixture.awaitSessions(0);
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    private void fails(LoginFailure failure, EndReason reason) {
        long before = fixture.ended(reason);
        try (LogCapture log = new LogCapture()) {
            try (RawClient client = fixture.client()) {
                RawClient.Packet answer = client.sendLogin("fails").receive();
                assertThat(answer.opcode()).isEqualTo(Gonet2.USER_LOGIN_FAILD_ACK);
                assertThat(answer.fault().code()).isEqualTo(failure.code());
                // No opcode 13 after it.
                assertThat(client.closedInOrder()).isTrue();
            }
            fixture.awaitEnded(reason, before + 1);
            fixture.awaitSessions(0);
            assertThat(log.ends()).hasSize(1).allMatch(l -> l.length() < 400 && !l.contains("\n"));
            assertThat(log.lines()).noneMatch(LogCapture.Line::stackTrace);
        }
    }

    @Test
    void readsNothingWhileTheAuthenticatorDecides() {
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        authenticator = (request, address) -> decision;
        try (RawClient client = fixture.client()) {
            client.sendLogin("slow");
            for (int i = 0; i < 100; i++) {
                client.send(1001, "n" + i);
            }
            client.send(Gonet2.HEART_BEAT_REQ, new byte[4]);
            await().until(() -> fixture.gateway.statistics().connections().messagesIn() >= 1);
            assertThat(fixture.gateway.statistics().routes().get(1).packetsIn()).isZero();
            decision.complete(new Decision.Accepted(77));
            assertThat(client.receive().payload()).containsExactly(0, 0, 0, 77);
            int heartbeats = 0;
            for (int i = 0; i < 100; ) {
                RawClient.Packet packet = client.receive();
                if (packet.opcode() == Gonet2.HEART_BEAT_ACK) {
                    heartbeats++;
                } else {
                    assertThat(packet.text()).isEqualTo("n" + i++);
                }
            }
            assertThat(heartbeats + (heartbeats == 0 ? client.receive().opcode() : 0))
                    .isEqualTo(1);
        }
    }

    static Stream<Authenticator> failingOnes() {
        return Stream.of(
                (request, address) -> CompletableFuture.failedFuture(new IllegalStateException("no database")),
                (request, address) -> {
                    throw new IllegalStateException("no database");
                },
                (request, address) -> CompletableFuture.supplyAsync(() -> {
                    throw new IllegalStateException("no database");
                }),
                (request, address) -> CompletableFuture.completedFuture(null),
                (request, address) -> CompletableFuture.completedFuture(new Decision.Accepted(0)),
                (request, address) -> CompletableFuture.completedFuture(new Decision.Accepted(1L << 31)),
                LoginTest::nothing);
    }

    @SuppressWarnings("NullAway") // This is what a careless authenticator does.
    private static CompletionStage<Decision> nothing(LoginRequest request, InetSocketAddress address) {
        return null;
    }

    @ParameterizedTest
    @MethodSource("failingOnes")
    void failsTheLoginThatTheAuthenticatorFails(Authenticator failing) {
        authenticator = failing;
        fails(LoginFailure.SERVICE_UNAVAILABLE, EndReason.SERVICE_UNAVAILABLE);
    }

    @Test
    void failsTheLoginThatIsNeverDecided() {
        CompletableFuture<Decision> never = new CompletableFuture<>();
        authenticator = (request, address) -> {
            fixture.ticker.advance(Duration.ofSeconds(11));
            return never;
        };
        fails(LoginFailure.SERVICE_UNAVAILABLE, EndReason.SERVICE_UNAVAILABLE);
        never.complete(new Decision.Accepted(3));
        fixture.awaitSessions(0);
    }

    @Test
    void tellsWhyALoginIsRefused() {
        authenticator = (request, address) ->
                CompletableFuture.completedFuture(new Decision.Refused(LoginFailure.REFUSED, "not you"));
        fails(LoginFailure.REFUSED, EndReason.LOGIN_REFUSED);
        authenticator = (request, address) ->
                CompletableFuture.completedFuture(new Decision.Refused(LoginFailure.OVERLOADED, "not now"));
        fails(LoginFailure.OVERLOADED, EndReason.OVERLOADED);
    }

    @Test
    void cutsATextThatNoPacketCanCarry() {
        authenticator = (request, address) -> CompletableFuture.completedFuture(
                new Decision.Refused(LoginFailure.REFUSED, "\u4e2d\n".repeat(100_000)));
        fails(LoginFailure.REFUSED, EndReason.LOGIN_REFUSED);
    }

    @Test
    void letsGoOfAClientThatLeavesDuringItsLogin() {
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        authenticator = (request, address) -> decision;
        RawClient client = fixture.client();
        client.sendLogin("leaves");
        await().until(() -> fixture.gateway.statistics().sessions() == 1);
        client.disconnect();
        decision.complete(new Decision.Accepted(5));
        fixture.awaitSessions(0);
    }

    @Test
    void neverShowsTheCertificateToAnybody() {
        authenticator = Authenticator.development();
        try (LogCapture log = new LogCapture();
                RawClient client = fixture.client()) {
            client.send(
                    Gonet2.USER_LOGIN_REQ,
                    LoginRequest.of("cert").withClientCertificate("my-secret-certificate")::write);
            client.receive();
            assertThat(log.lines()).noneMatch(l -> l.text().contains("my-secret"));
        }
    }
}
