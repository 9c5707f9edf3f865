package dev.gatehouse.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.NeedsTool;
import dev.gatehouse.net.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** More clients come than the server may open file descriptors for. */
@Timeout(180)
@NeedsTool(command = "prlimit", install = "apt-get install util-linux")
class DescriptorsExhaustedTest {
    private static final int LIMIT = 256;
    private static final int MORE = 20;
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final Duration WINDOW = Duration.ofSeconds(4);

    private final List<LineClient> clients = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (LineClient client : clients) {
            client.close();
        }
    }

    @ParameterizedTest
    @MethodSource(EchoProcess.TRANSPORTS)
    void servesWhomItHasAndLaterTheOthers(Transport transport) throws IOException {
        try (EchoProcess server = EchoProcess.startWithDescriptors(LIMIT, transport)) {
            LineClient existing = existing(server);
            connectMoreThanFit(server, LIMIT);
            await().atMost(WAIT).until(() -> server.statistic("acceptFailures") > 0);
            assertThat(server.descriptors()).isEqualTo(LIMIT);
            assertRests(server);
            Duration longest = existing.ask(1000);
            Figures.report("%s descriptors: the longest of 1000 answers took %d ms", transport, longest.toMillis());
            assertRecovers(server, existing);
        }
    }

    /** It tries again now and then, and says so once a second at most. */
    private static void assertRests(EchoProcess server) {
        long failuresBefore = server.statistic("acceptFailures");
        long linesBefore = lines(server);
        Duration usedBefore = server.processorTime();
        long from = System.nanoTime();
        await().pollDelay(WINDOW)
                .atMost(WAIT)
                .until(() -> server.statistic("acceptFailures") > failuresBefore && lines(server) > linesBefore);
        Duration used = server.processorTime().minus(usedBefore);
        long failures = server.statistic("acceptFailures") - failuresBefore;
        long lines = lines(server) - linesBefore;
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        Figures.report(
                "descriptors: in %d ms %d failures to accept, %d lines of them, %d ms of the processor",
                took.toMillis(), failures, lines, used.toMillis());
        assertThat(failures).isBetween(1L, took.toSeconds() + 16);
        assertThat(lines).isBetween(1L, took.toSeconds() + 2);
        assertThat(used).isLessThan(took.dividedBy(2));
    }

    private static long lines(EchoProcess server) {
        return server.process().errors().stream()
                .filter(line -> line.contains("can't accept"))
                .count();
    }

    @Test
    void isSurvivedByTheServerOfTheReadme() throws IOException {
        try (EchoProcess server = EchoProcess.readme()) {
            survivesALowerLimit(server);
        }
    }

    /** On io_uring, the request for connections that the kernel has keeps the limit of its time; so all may find a place. */
    @ParameterizedTest
    @MethodSource(EchoProcess.TRANSPORTS)
    void isSurvivedWhenTheLimitIsLoweredMeanwhile(Transport transport) throws IOException {
        try (EchoProcess server = EchoProcess.start(transport)) {
            survivesALowerLimit(server);
        }
    }

    private void survivesALowerLimit(EchoProcess server) throws IOException {
        LineClient existing = existing(server);
        int limit = server.descriptors() + MORE;
        server.limitDescriptors(limit);
        connectMoreThanFit(server, limit);
        await().atMost(WAIT).until(() -> server.descriptors() >= limit);
        existing.ask(1000);
        assertRecovers(server, existing);
    }

    @ParameterizedTest
    @MethodSource(EchoProcess.TRANSPORTS)
    void endsTheServerAfterSoManyFailuresIfToldTo(Transport transport) throws IOException {
        try (EchoProcess server = EchoProcess.startWithDescriptors(LIMIT, transport, "accept-failures-max=8")) {
            connectMoreThanFit(server, LIMIT);
            assertThat(server.process().awaitExit()).isEqualTo(1);
            assertThat(server.process().errorText())
                    .contains("127.0.0.1:" + server.port() + " gives up after 8 failures to accept, the last: ");
        }
    }

    private LineClient existing(EchoProcess server) throws IOException {
        LineClient client = new LineClient(server.address());
        clients.add(client);
        client.ask(1000);
        return client;
    }

    private void connectMoreThanFit(EchoProcess server, int limit) {
        int count = limit - server.descriptors() + MORE;
        try {
            for (int i = 0; i < count; i++) {
                LineClient client = new LineClient(server.address());
                clients.add(client);
                client.send("client " + i);
            }
        } catch (IOException e) {
            // It may have given up already; whoever doesn't expect that will miss this client.
        }
    }

    private void assertRecovers(EchoProcess server, LineClient existing) throws IOException {
        assertThat(clients).hasSizeGreaterThan(2 * MORE);
        for (int i = 1; i < clients.size(); i++) {
            assertThat(clients.get(i).answer()).isEqualTo("client " + (i - 1));
            clients.get(i).close();
        }
        try (LineClient another = new LineClient(server.address())) {
            another.ask(1000);
        }
        existing.ask(1000);
    }
}
