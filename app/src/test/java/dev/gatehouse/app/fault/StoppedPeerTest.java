package dev.gatehouse.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that flood the server are frozen (SIGSTOP): they take nothing any more, and their kernels say that all is well. */
@Timeout(180)
class StoppedPeerTest {
    private static final int FLOODS = 3;

    @ParameterizedTest
    @MethodSource(EchoProcess.TRANSPORTS)
    void isCutOffAndTheOthersNoticeNothing(Transport transport) throws IOException {
        try (EchoProcess server = EchoProcess.start(transport, "write-timeout=PT3S");
                LineClient other = new LineClient(server.address())) {
            other.ask(1000);
            try (Floods floods = Floods.start(server)) {
                floods.signal("STOP");
                Duration longest = other.ask(1000);
                await("cut off")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> server.closed(CloseReason.WRITE_STALLED) == FLOODS);
                Figures.report(
                        "%s SIGSTOP: the longest of 1000 answers to another client took %d ms, the server holds %d KiB",
                        transport, longest.toMillis(), server.residentKibibytes());
            }
            other.ask(1);
            assertThat(server.residentKibibytes()).isLessThan(EchoProcess.BOUND_KIBIBYTES);
        }
    }

    @ParameterizedTest
    @MethodSource(EchoProcess.TRANSPORTS)
    void losesNothingIfItGoesOnInTime(Transport transport) throws IOException {
        try (EchoProcess server = EchoProcess.start(transport, "write-timeout=PT60S")) {
            goesOn(server);
            assertThat(server.closed(CloseReason.WRITE_STALLED)).isZero();
        }
    }

    @Test
    void losesNothingAtTheServerOfTheReadme() throws IOException {
        try (EchoProcess server = EchoProcess.readme()) {
            goesOn(server);
        }
    }

    @Test
    @Tag("long")
    void isCutOffAtTheServerOfTheReadmeToo() throws IOException {
        try (EchoProcess server = EchoProcess.readme();
                LineClient other = new LineClient(server.address())) {
            other.ask(1000);
            int before = server.descriptors();
            try (Floods floods = Floods.start(server)) {
                assertThat(server.descriptors()).isEqualTo(before + FLOODS);
                floods.signal("STOP");
                await("cut off").atMost(Duration.ofMinutes(2)).until(() -> {
                    other.ask(100);
                    return server.descriptors() == before;
                });
            }
            assertThat(server.residentKibibytes()).isLessThan(EchoProcess.BOUND_KIBIBYTES);
        }
    }

    private static void goesOn(EchoProcess server) throws IOException {
        try (LineClient other = new LineClient(server.address());
                Floods floods = Floods.start(server)) {
            floods.signal("STOP");
            other.ask(1000);
            floods.signal("CONT");
            other.ask(1000);
            floods.assertNothingLost();
        }
    }

    private record Floods(List<ChildProcess> processes) implements AutoCloseable {
        static Floods start(EchoProcess server) {
            List<ChildProcess> all = Stream.generate(() -> Launch.java("flood", FloodingClient.class.getName())
                            .arguments(List.of(server.text()))
                            .start())
                    .limit(FLOODS)
                    .toList();
            all.forEach(flood -> flood.awaitLine("full after"));
            return new Floods(all);
        }

        void signal(String signal) {
            processes.forEach(flood -> flood.signal(signal));
        }

        void assertNothingLost() {
            processes.forEach(flood -> flood.sayLast(""));
            for (ChildProcess flood : processes) {
                MatchResult counts = flood.awaitLine("sent (\\d+), answered (\\d+)");
                assertThat(counts.group(2)).isEqualTo(counts.group(1));
            }
        }

        @Override
        public void close() {
            processes.forEach(ChildProcess::close);
        }
    }
}
