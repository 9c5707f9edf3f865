package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backend.PacketHandler;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.RateLimit;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.net.Address;
import dev.gatehouse.ring.Member;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The generator at a gateway, with a service behind it. */
class GatewayLoadTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final PacketHandler ECHO = (user, opcode, payload) -> user.push(opcode + 1, payload);

    private static ServiceNode service(PacketHandler handler) {
        return ServiceNode.builder("game")
                .listen("127.0.0.1:0")
                .handler(handler)
                .start();
    }

    private static Gateway gateway(ServiceNode service, UnaryOperator<GatewayConfig.Builder> settings) {
        Member node = Member.of("game1", "127.0.0.1", service.address().getPort());
        Gateway gateway = Gateway.builder(settings.apply(GatewayConfig.builder()
                                .listen("127.0.0.1:0")
                                .noRateLimit()
                                .attachTimeout(Duration.ofSeconds(30))
                                .services(Map.of("game", ServiceConfig.plain("game", List.of(node))))
                                .routes(List.of(RouteConfig.of("game", 1001, 1999, "game"))))
                        .build())
                .start();
        Awaitility.await().until(gateway::ready);
        return gateway;
    }

    private static Measurement run(Gateway gateway, Mode mode, Pace pace) throws InterruptedException {
        LoadConfig config = LoadConfig.builder(Address.format(gateway.localAddress()), mode)
                .clients(5)
                .threads(2)
                .connectsPerSecond(0)
                .retryDelay(Duration.ofMillis(20))
                .answerTimeout(Duration.ofSeconds(20))
                .build();
        try (Load load = Load.start(config)) {
            return load.run(pace, LONG, 2_000);
        }
    }

    private static void assertAllAnswered(Measurement measured) {
        assertThat(measured.findings().examples()).isEmpty();
        assertThat(measured.findings().ends()).isEmpty();
        assertThat(measured.answers()).isEqualTo(2_000);
    }

    @Test
    void logsInUsersOfItsOwnAndChecksTheAnswers() throws InterruptedException {
        Set<String> users = new ConcurrentSkipListSet<>();
        try (ServiceNode service = service((user, opcode, payload) -> {
                    users.add(Long.toString(user.id()));
                    ECHO.packet(user, opcode, payload);
                });
                Gateway gateway = gateway(service, settings -> settings)) {
            assertAllAnswered(run(gateway, Mode.gateway(), Pace.closed(8)));
            assertThat(users).hasSize(5);
        }
    }

    @Test
    void sendsTheOpcodesThatItIsTold() throws InterruptedException {
        PacketHandler special = (user, opcode, payload) -> user.push(opcode == 1500 ? 1700 : 1701, payload);
        try (ServiceNode service = service(special);
                Gateway gateway = gateway(service, settings -> settings)) {
            assertAllAnswered(run(gateway, Mode.gateway().opcodes(1500, 1700), Pace.open(5_000)));
        }
    }

    @Test
    void speaksTheLegacyEncryption() throws InterruptedException {
        try (ServiceNode service = service(ECHO);
                Gateway gateway = gateway(service, settings -> settings.legacyEncryption(true))) {
            assertAllAnswered(run(gateway, Mode.gateway().encrypted(), Pace.closed(8)));
        }
    }

    @Test
    void countsPacketsThatAnswerNothing() throws InterruptedException {
        PacketHandler chatty = (user, opcode, payload) -> {
            user.push(1800, Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
            ECHO.packet(user, opcode, payload);
        };
        try (ServiceNode service = service(chatty);
                Gateway gateway = gateway(service, settings -> settings)) {
            Measurement measured = run(gateway, Mode.gateway(), Pace.closed(1));
            assertAllAnswered(measured);
            assertThat(measured.otherPackets()).isEqualTo(2_000);
        }
    }

    @Test
    void tellsWhyTheGatewayEndedSessions() throws InterruptedException {
        try (ServiceNode service = service(ECHO);
                Gateway gateway = gateway(service, settings -> settings.rateLimit(new RateLimit(60, 60)))) {
            Measurement measured = run(gateway, Mode.gateway(), Pace.closed(8));
            assertThat(measured.findings().ends()).containsOnlyKeys("session ended: RATE_LIMIT");
            assertThat(measured.findings().faults()).containsOnlyKeys(Fault.MISSING);
        }
    }

    @Test
    void tellsWhyLoginsFailed() {
        ServiceNode service = service(ECHO);
        try (Gateway gateway = gateway(service, settings -> settings.attachTimeout(Duration.ofMillis(50)))) {
            service.close();
            Awaitility.await().until(() -> !gateway.ready());
            assertThatThrownBy(() -> run(gateway, Mode.gateway(), Pace.closed(1)))
                    .isInstanceOf(LoadException.class)
                    .hasMessage("none of 5 clients could connect: login failed: SERVICE_UNAVAILABLE");
        }
    }
}
