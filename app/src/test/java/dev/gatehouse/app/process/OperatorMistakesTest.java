package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake of whoever runs the command is one sentence and exit code 2, without a stack trace. */
class OperatorMistakesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dev --lisen                                   | unknown option: '--lisen'.*did you mean --listen.*
            dvv                                           | unknown command: 'dvv'.*
            dev --listen nowhere                          | --listen: nowhere \\(expected: HOST:PORT.*
            dev --listen 127.0.0.1:70000                  | --listen: 127.0.0.1:70000 \\(expected: HOST:PORT with a port.*
            dev --log-format xml                          | invalid value for option '--log-format'.*
            dev --log-file /no/such/folder/log            | log file: /no/such/folder/log can't be opened.*
            dev --grace soon                              | --grace: soon \\(expected: a duration such as.*
            service --name a/b --listen 127.0.0.1:0       | service: a/b \\(expected: .*
            service --name game --listen 127.0.0.1:0 --token-file /no/such/file | /no/such/file: can't be read.*
            service --name game --listen 0.0.0.0:0        | .*0.0.0.0.* is not a loopback address.*
            gateway --config /no/such/file                | /no/such/file: there is no such file
            gateway --set users.mode=development --set nonsense=1 | --set: nonsense: unknown key.*
            gateway --set =1                              | --set: a value without a key \\(expected: KEY=VALUE\\)
            gateway --set threads                         | value for option '--set' .*
            gateway --set users.mode=everybody            | --set: users.mode: everybody \\(expected: one of token-file, development\\)
            gateway                                       | users.token-file: not set \\(expected: .*
            gateway --set users.mode=development --grace soon | --grace: soon \\(expected: a duration.*
            echo --listen nowhere                         | --listen: nowhere \\(expected: HOST:PORT.*
            echo --listen=                                | --listen: empty \\(expected: HOST:PORT.*
            echo --grace soon                             | --grace: soon \\(expected: a duration.*
            echo --log-file /no/such/folder/log           | log file: /no/such/folder/log can't be opened.*
            echo --config /no/such/file                   | /no/such/file: there is no such file
            connect                                       | missing required parameter: 'HOST:PORT'.*
            connect 127.0.0.1:0                           | HOST:PORT: 127.0.0.1:0 \\(expected: HOST:PORT with a port of 1.*
            connect help                                  | HOST:PORT: help \\(expected: HOST:PORT.*
            bench                                         | missing required parameter: 'HOST:PORT'.*
            bench 127.0.0.1:0                             | HOST:PORT: 127.0.0.1:0 \\(expected: HOST:PORT with a port of 1.*
            bench no.such.host.invalid:1                  | HOST:PORT: no.such.host.invalid:1 \\(expected: a host that has an address\\)
            bench 127.0.0.1:1 --payload 11                | --payload: 11 \\(expected: 12..1048576\\)
            bench 127.0.0.1:1 --payload 256 --framing 1   | --payload: 256 \\(expected: 12..255\\)
            bench 127.0.0.1:1 --framing 5                 | --framing: 5 \\(expected: lines, 1, 2, 3 or 4\\)
            bench 127.0.0.1:1 --clients 0                 | --clients: 0 \\(expected: 1..1048576\\)
            bench 127.0.0.1:1 --source 203.0.113.1        | --source: 203.0.113.1 \\(expected: addresses of this machine\\)
            bench 127.0.0.1:1 --rate 5 --in-flight 2      | --in-flight: can't be given together with --rate.*
            bench 127.0.0.1:1 --rate 0                    | --rate: 0.0 \\(expected: above 0, at most 10000000\\)
            bench 127.0.0.1:1 --duration soon             | invalid value for option '--duration': soon \\(expected: a duration.*
            bench 127.0.0.1:1 --duration 0s               | --duration: 0s \\(expected: above 0\\)
            bench 127.0.0.1:1 --messages 0                | --messages: 0 \\(expected: 1 or more\\)
            bench 127.0.0.1:1 --stall 101                 | --stall: 101 \\(expected: 0..100\\)
            bench 127.0.0.1:1 --opcode 7 --mode gateway   | --opcode: 7 \\(expected: 1001..32767\\)
            bench 127.0.0.1:1 --server-pid 0              | --server-pid: 0 \\(expected: a process of this machine.*
            bench 127.0.0.1:1 --report /no/such/r.html    | --report: /no/such/r.html \\(expected: a file in a folder.*
            help conect                                   | unknown subcommand 'conect'.*
            connect somewhere                             | HOST:PORT: somewhere \\(expected: HOST:PORT.*
            """)
    void isOneSentence(String arguments, String sentence) throws Exception {
        try (GatehouseProcess command = GatehouseProcess.start(arguments.split(" "))) {
            assertThat(command.awaitExit()).isEqualTo(2);
            assertThat(command.errors()).singleElement().asString().matches("gatehouse: " + sentence);
            assertThat(command.output()).isEmpty();
        }
    }

    @Test
    void isAPortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GatehouseProcess command =
                        GatehouseProcess.start("echo", "--listen", "127.0.0.1:" + taken.getLocalPort())) {
            assertThat(command.awaitExit()).isEqualTo(2);
            assertThat(command.errors())
                    .contains("gatehouse: can't listen on 127.0.0.1:" + taken.getLocalPort() + ": the port is in use");
        }
    }

    @Test
    void isTheConsolesPortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GatehouseProcess command = GatehouseProcess.start(
                        "dev",
                        "--listen",
                        "127.0.0.1:0",
                        "--coordinator",
                        "127.0.0.1:0",
                        "--console",
                        "127.0.0.1:" + taken.getLocalPort())) {
            assertThat(command.awaitExit()).isEqualTo(2);
            assertThat(command.errors())
                    .contains("gatehouse: the console can't listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": the port is in use");
        }
    }

    @Test
    void isTheServicesPortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GatehouseProcess command = GatehouseProcess.start(
                        "service", "--name", "game", "--listen", "127.0.0.1:" + taken.getLocalPort())) {
            assertThat(command.awaitExit()).isEqualTo(2);
            assertThat(command.errors())
                    .contains("gatehouse: can't listen on 127.0.0.1:" + taken.getLocalPort() + ": the port is in use");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isFoundByACheckAndByAStart(boolean check) throws Exception {
        Path garbage = Files.write(folder.resolve("garbage"), new byte[] {'a', (byte) 0xff, 0});
        String users = "users: {mode: development}\n";
        Map<String, String> mistakes = Map.of(
                users + "services: {game: {nodes: {n1: '192.0.2.1:7001'}}}\n",
                "service game: node n1 at 192.0.2.1 without TLS.*",
                users + "services: {game: {tls: true, trust: " + garbage + "}}\n",
                "services.game.trust: .*garbage \\(expected: a PEM file with certificates\\)",
                users + "services: {game: {trust: " + garbage + "}}\n",
                ".*services.game.trust: .*garbage \\(expected: services.game.tls: true beside it.*",
                users + "tls: {certificate: " + garbage + ", key: " + garbage + "}\n",
                "tls.certificate: .*garbage: no certificate in it \\(expected: a PEM file with a certificate chain.*",
                users + "etcd: {endpoints: 'https://127.0.0.1:1', trust: " + garbage + "}\n",
                "etcd.trust: .*garbage: no certificate in it \\(expected: a PEM file with .*",
                "users: {token-file: " + garbage + "}\n",
                "token file: .*garbage isn't text.*",
                users + "log: {file: /no/such/folder/log}\n",
                "log file: /no/such/folder/log can't be opened.*",
                users + "listen: 127.0.0.1:9090\n",
                ".*console.listen: 127.0.0.1:9090 \\(expected: another port than listen, 127.0.0.1:9090\\)");
        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            List<String> arguments = new ArrayList<>(
                    List.of("gateway", "--config", write(mistake.getKey()).toString()));
            if (check) {
                arguments.add("--check");
            }
            try (GatehouseProcess command = GatehouseProcess.start(arguments.toArray(String[]::new))) {
                assertThat(command.awaitExit()).as(mistake.getKey()).isEqualTo(2);
                assertThat(command.errors()).last().asString().matches("gatehouse: " + mistake.getValue());
            }
        }
    }

    @Test
    void isAFileThatIsNoYaml() throws Exception {
        Path file = write("listen: [\n");
        try (GatehouseProcess command = GatehouseProcess.start("gateway", "--config", file.toString())) {
            assertThat(command.awaitExit()).isEqualTo(2);
            assertThat(command.errors())
                    .singleElement()
                    .asString()
                    .startsWith("gatehouse: " + file + ", line 2: isn't YAML");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes: &x [*x]\n", "services: &x {game: *x}\n"})
    void isAnAliasThatHoldsItself(String text) throws Exception {
        Path file = write(text);
        try (GatehouseProcess command = GatehouseProcess.start("gateway", "--config", file.toString())) {
            assertThat(command.awaitExit()).isEqualTo(2);
            assertThat(command.errors())
                    .containsExactly("gatehouse: " + file + ": an alias that holds itself (expected: values that end)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway",
                "dev --listen 127.0.0.1:0 --console 127.0.0.1:0 --coordinator 127.0.0.1:0",
                "service --name game --listen 127.0.0.1:0",
                "connect 127.0.0.1:1",
                "echo --listen 127.0.0.1:0"
            })
    void isAVariableThatNoCommandHas(String arguments) throws Exception {
        Map<String, String> environment = Map.of("GATEHOUSE_LISTN", "127.0.0.1:1");
        try (GatehouseProcess command = GatehouseProcess.start(environment, "", arguments.split(" "))) {
            assertThat(command.awaitExit()).isEqualTo(2);
            assertThat(command.errors())
                    .containsExactly(
                            "gatehouse: environment: GATEHOUSE_LISTN: unknown variable (did you mean GATEHOUSE_LISTEN?)");
        }
    }

    @Test
    void isFoundByACheckThatStartsNothing() throws Exception {
        Path file = write("users: {mode: development}\nidle-timeout: 2 minutes\n");
        try (GatehouseProcess command = GatehouseProcess.start("gateway", "--config", file.toString(), "--check")) {
            assertThat(command.awaitExit()).isEqualTo(2);
            assertThat(command.errors())
                    .singleElement()
                    .asString()
                    .contains("idle-timeout: 2 minutes (expected: a duration");
        }
        Files.writeString(file, "users: {mode: development}\nidle-timeout: 2m\n");
        try (GatehouseProcess command = GatehouseProcess.start("gateway", "--config", file.toString(), "--check")) {
            assertThat(command.awaitExit()).isZero();
            assertThat(command.output()).containsExactly("the configuration can be used");
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("gatehouse.yaml"), text);
    }
}
