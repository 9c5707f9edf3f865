package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.net.tls.ClientTls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadConfigTest {
    private static LoadConfig.Builder builder() {
        return LoadConfig.builder("127.0.0.1:7000", Mode.lines());
    }

    @Test
    void hasDefaults() {
        LoadConfig config = builder().build();
        assertThat(config.address().getPort()).isEqualTo(7000);
        assertThat(config.mode()).isEqualTo(Mode.lines());
        assertThat(config.clients()).isEqualTo(50);
        assertThat(config.payloadBytes()).isEqualTo(64);
        assertThat(config.threads()).isPositive();
        assertThat(config.sources()).isEmpty();
        assertThat(config.connectsPerSecond()).isEqualTo(2000);
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.answerTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.retryDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.inFlightMax()).isEqualTo(1024);
        assertThat(config.churn()).isEqualTo(Churn.NONE);
        assertThat(config.stalls()).isEqualTo(Stalls.NONE);
        assertThat(config.tls()).isEmpty();
    }

    @Test
    void takesEverySetting() throws UnknownHostException {
        InetAddress source = InetAddress.getByName("127.0.0.2");
        Churn churn = new Churn(Duration.ofSeconds(3), 7);
        Stalls stalls = new Stalls(10, Duration.ofSeconds(5), Duration.ofSeconds(1));
        ClientTls tls = ClientTls.builder().build();
        LoadConfig config = builder()
                .clients(9)
                .payloadBytes(100)
                .threads(4)
                .sources(List.of(source))
                .connectsPerSecond(11)
                .connectTimeout(Duration.ofSeconds(12))
                .answerTimeout(Duration.ofSeconds(13))
                .retryDelay(Duration.ofSeconds(14))
                .inFlightMax(15)
                .churn(churn)
                .stalls(stalls)
                .tls(tls)
                .build();
        assertThat(config)
                .isEqualTo(new LoadConfig(
                        config.address(),
                        Mode.lines(),
                        9,
                        100,
                        4,
                        List.of(source),
                        11,
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(13),
                        15,
                        Duration.ofSeconds(14),
                        churn,
                        stalls,
                        Optional.of(tls)));
    }

    @Test
    void hasNoMoreThreadsThanClients() {
        assertThat(builder().clients(2).threads(5).build().threads()).isEqualTo(2);
    }

    @Test
    void refusesASourceThatCanNotReachTheServer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .sources(List.of(InetAddress.getAllByName("::1")))
                        .build())
                .withMessage("sources: 0:0:0:0:0:0:0:1 (expected: addresses of the server's kind, IPv4 or IPv6)");
    }

    @Test
    void refusesWhatAModeCanNotCarry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        LoadConfig.builder("127.0.0.1:7000", Mode.gateway()).payloadBytes(65_530))
                .withMessage("payloadBytes: 65530 (expected: 12..65529)");
    }
}
