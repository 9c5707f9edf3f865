package dev.gatehouse.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import dev.gatehouse.app.process.NeedsTool;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 15,000 clients connect and say nothing. */
@Timeout(180)
@NeedsTool(
        command = "sh",
        works = {"-c", "ulimit -n 16000"},
        install = "ulimit -Hn 16000, as root, in the shell that runs the tests")
class SilentConnectionsTest {
    private static final int SILENT = 15_000;
    private static final Duration WAIT = Duration.ofMinutes(1);

    @ParameterizedTest
    @MethodSource(EchoProcess.TRANSPORTS)
    void leaveRoomForOthers(Transport transport) throws IOException {
        try (EchoProcess server = EchoProcess.start(transport)) {
            leaveRoom(server, transport.name());
            await("all counted").atMost(WAIT).until(() -> server.statistic("opened") == SILENT + 2);
        }
    }

    @Test
    void leaveRoomForOthersAtTheServerOfTheReadme() throws IOException {
        try (EchoProcess server = EchoProcess.readme()) {
            leaveRoom(server, "README");
        }
    }

    private static void leaveRoom(EchoProcess server, String name) throws IOException {
        try (LineClient first = new LineClient(server.address())) {
            first.ask(1000);
            long before = server.residentKibibytes();
            try (ChildProcess silent = silent(server)) {
                silent.awaitLine("open");
                long from = System.nanoTime();
                try (LineClient last = new LineClient(server.address())) {
                    last.ask(1);
                    Duration entry = Duration.ofNanos(System.nanoTime() - from);
                    Duration longest = last.ask(1000);
                    Figures.report(
                            "%s silent: the next is in after %d ms, the longest of 1000 answers took %d ms; %d bytes a connection",
                            name,
                            entry.toMillis(),
                            longest.toMillis(),
                            (server.residentKibibytes() - before) * 1024 / SILENT);
                }
                first.ask(1000);
                assertThat(server.descriptors()).isGreaterThan(SILENT);
                assertThat(server.residentKibibytes()).isLessThan(EchoProcess.BOUND_KIBIBYTES);
            }
            first.ask(1000);
        }
    }

    @ParameterizedTest
    @MethodSource(EchoProcess.TRANSPORTS)
    void endInTimeWithoutAFirstMessage(Transport transport) throws IOException {
        try (EchoProcess server = EchoProcess.start(transport, "first-message-timeout=PT10S");
                LineClient good = new LineClient(server.address())) {
            good.ask(1);
            try (ChildProcess silent = silent(server)) {
                silent.awaitLine("closed");
                good.ask(1000);
                assertThat(server.statistic("opened")).isEqualTo(SILENT + 1);
                // The server closes each after its client has.
                await().atMost(WAIT).untilAsserted(() -> {
                    assertThat(server.closed(CloseReason.FIRST_MESSAGE_TIMEOUT)).isEqualTo(SILENT);
                    assertThat(server.descriptors()).isLessThan(200);
                });
            }
        }
    }

    private static ChildProcess silent(EchoProcess server) {
        return Launch.java("silent", SilentClients.class.getName())
                .arguments(List.of(server.text(), Integer.toString(SILENT)))
                .start();
    }
}
