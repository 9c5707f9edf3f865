package programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.Address;
import dev.gatehouse.testing.TestPeer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.Program;

/** How the examples start and end, as processes. */
class ProgramsTest {
    private static final Path RUN = Path.of("run").toAbsolutePath();

    /** A class and the words before the address. */
    static Stream<List<String>> servers() {
        return Stream.of(
                List.of("echo.Echo", "--listen"),
                List.of("json.Calculator", "--listen"),
                List.of("chat.ChatServer", "--listen"),
                List.of("kv.Main", "--listen"),
                List.of("heartbeat.Heartbeat", "master", "--listen"));
    }

    private static Program start(List<String> server, String address) {
        String[] arguments =
                Stream.concat(server.stream().skip(1), Stream.of(address)).toArray(String[]::new);
        return Program.java(server.getFirst(), arguments);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void endsInOrderOnEachSignal(List<String> server) {
        for (String signal : List.of("TERM", "INT", "HUP")) {
            try (Program program = start(server, "127.0.0.1:0");
                    TestPeer peer = TestPeer.connect(Address.parse(program.awaitListening()))) {
                program.signal(signal);
                peer.shutdownOutput().readAll();
                assertThat(program.awaitExit())
                        .as("%s: %s", signal, program.lines())
                        .isZero();
                assertThat(program.lines()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void saysInOneSentenceWhyItCannotListen(List<String> server) {
        try (Program first = start(server, "127.0.0.1:0")) {
            String address = first.awaitListening();
            try (Program second = start(server, address)) {
                assertThat(second.awaitExit()).isEqualTo(2);
                await().untilAsserted(() -> assertThat(second.lines())
                        .containsExactly("can't listen on " + address + ": the port is in use"));
            }
        }
        try (Program program = start(server, "nonsense")) {
            assertThat(program.awaitExit()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(program.lines())
                    .containsExactly("address: nonsense (expected: HOST:PORT with a port of 0..65535)"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "echo,--help,0,usage: examples/run echo",
        "echo,--lisen,2,expected: nothing",
        "none,--help,2,expected: one of"
    })
    void theLauncherHelpsWithoutABuild(String name, String argument, int exitCode, String text) {
        try (Program program = Program.start(List.of(RUN.toString(), name, argument))) {
            assertThat(program.awaitExit()).isEqualTo(exitCode);
            program.awaitLine(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json.Calculator", "chat.ChatServer", "kv.Main", "heartbeat.Heartbeat"})
    void helpsAndRefusesUnknownOptions(String main) {
        try (Program help = Program.java(main, "--help");
                Program mistaken = Program.java(main, "--lisen")) {
            assertThat(help.awaitExit()).isZero();
            help.awaitLine("Usage: examples/run ");
            assertThat(mistaken.awaitExit()).isEqualTo(2);
            mistaken.awaitLine("Unknown option: '--lisen'");
        }
    }
}
