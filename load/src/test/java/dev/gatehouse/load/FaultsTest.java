package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Connection;
import dev.gatehouse.net.Server;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Servers that are wrong in one way each: the generator finds it, and says what it is. */
class FaultsTest {
    private static final int MESSAGES = 400;
    private static final int IN_FLIGHT = 8;

    private static Measurement run(EchoServers.Echo echo, int clients) throws InterruptedException {
        return run(echo, clients, Duration.ofSeconds(30));
    }

    private static Measurement run(EchoServers.Echo echo, int clients, Duration answerTimeout)
            throws InterruptedException {
        try (Server server = EchoServers.wrong(echo)) {
            LoadConfig config = LoadConfig.builder(EchoServers.address(server), Mode.lengthPrefixed(2))
                    .clients(clients)
                    // All send their first messages before any hears an answer.
                    .threads(1)
                    .connectsPerSecond(0)
                    .retryDelay(Duration.ofMillis(20))
                    .answerTimeout(answerTimeout)
                    .build();
            try (Load load = Load.start(config)) {
                return load.run(Pace.closed(IN_FLIGHT), Duration.ofMinutes(1), MESSAGES);
            }
        }
    }

    private static void assertFound(Measurement measured, Fault fault, long count) {
        assertThat(measured.findings().faults()).isEqualTo(Map.of(fault, count));
        assertThat(measured.findings().examples()).hasSize((int) Math.min(10, count));
    }

    @Test
    void findsAnAnswerThatIsMissing() throws InterruptedException {
        Measurement measured = run(
                (connection, payload, number) -> {
                    if (number != 100) {
                        connection.send(payload);
                    }
                },
                1,
                Duration.ofSeconds(10));
        assertFound(measured, Fault.MISSING, 1);
        assertThat(measured.findings().examples().getFirst()).startsWith("client 0: answer 100 is missing");
        assertThat(measured.answers()).isEqualTo(MESSAGES - 1);
    }

    @Test
    void findsAnswersThatComeTwice() throws InterruptedException {
        Measurement measured = run(
                (connection, payload, number) -> {
                    connection.send(payload);
                    if (number % 100 == 50) {
                        connection.send(payload);
                    }
                },
                1);
        assertFound(measured, Fault.DOUBLED, 4);
        assertThat(measured.answers()).isEqualTo(MESSAGES);
    }

    @Test
    void findsAnswersThatAreOutOfOrder() throws InterruptedException {
        List<byte[]> held = new ArrayList<>();
        Measurement measured = run(
                (connection, payload, number) -> {
                    if (number % 100 == 50) {
                        held.add(payload);
                        return;
                    }
                    connection.send(payload);
                    held.forEach(connection::send);
                    held.clear();
                },
                1);
        assertFound(measured, Fault.OUT_OF_ORDER, 4);
        assertThat(measured.answers()).isEqualTo(MESSAGES);
    }

    @Test
    void findsOneByteThatHasChanged() throws InterruptedException {
        Measurement measured = run(
                (connection, payload, number) -> {
                    if (number < 64) {
                        payload[number] ^= 1;
                    }
                    connection.send(payload);
                },
                1);
        assertFound(measured, Fault.CHANGED, 64);
        assertThat(measured.sent()).isEqualTo(MESSAGES);
    }

    @Test
    void findsAnAnswerThatIsShorter() throws InterruptedException {
        Measurement measured = run(
                (connection, payload, number) -> connection.send(number == 7 ? Arrays.copyOf(payload, 63) : payload),
                1);
        assertFound(measured, Fault.CHANGED, 1);
        assertThat(measured.findings().examples().getFirst())
                .isEqualTo("client 0: answer 7 has 63 bytes of payload instead of 64");
    }

    @Test
    void findsAnAnswerOfAnotherClient() throws InterruptedException {
        Queue<Connection> connections = new ArrayDeque<>();
        Measurement measured = run(
                (connection, payload, number) -> {
                    if (number == 0) {
                        connections.add(connection);
                    }
                    connection.send(payload);
                    if (number == 50) {
                        connections.stream()
                                .filter(other -> other.id() != connection.id())
                                .forEach(other -> other.send(payload));
                    }
                },
                2);
        assertFound(measured, Fault.FOREIGN, 2);
        assertThat(measured.answers()).isEqualTo(MESSAGES);
    }

    @Test
    void takesAnswersAsMissingWhoseConnectionEnded() throws InterruptedException {
        Measurement measured = run(
                (connection, payload, number) -> {
                    if (number == 50) {
                        connection.close();
                    } else {
                        connection.send(payload);
                    }
                },
                1);
        assertThat(measured.findings().faults()).containsOnlyKeys(Fault.MISSING);
        assertThat(measured.findings().ends()).containsOnlyKeys("closed by the server");
        assertThat(measured.sent()).isEqualTo(MESSAGES);
        assertThat(measured.connections()).isGreaterThan(1);
    }
}
