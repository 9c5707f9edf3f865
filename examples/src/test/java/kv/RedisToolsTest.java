package kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.Tools;

/** The tools that people use with the real server work with ours. */
class RedisToolsTest {
    private static final String INSTALL = "apt-get install redis-tools";

    private KeyValueServer server;

    @BeforeEach
    void start() {
        Tools.need("redis-cli", INSTALL);
        Tools.need("redis-benchmark", INSTALL);
        server = new KeyValueServer("127.0.0.1:0", KeyValueOptions.defaults());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void redisCliSpeaksBothVersions() throws Exception {
        assertThat(run("redis-cli", "SET", "greeting", "hello")).isEqualTo("OK\n");
        assertThat(run("redis-cli", "-3", "GET", "greeting")).isEqualTo("hello\n");
        assertThat(run("redis-cli", "-3", "HELLO")).contains("proto 3\n");
        assertThat(run("redis-cli", "-n", "1", "EXISTS", "greeting")).isEqualTo("0\n");
        assertThat(run("redis-cli", "INFO", "keyspace")).contains("db0:keys=1,expires=0");
    }

    @Test
    void redisCliShowsTheHelpOfOurCommands() throws Exception {
        assertThat(run("redis-cli", "COMMAND", "COUNT")).matches("\\d+\n");
        String docs = run("redis-cli", "-3", "--json", "COMMAND", "DOCS", "incr");
        assertThat(docs)
                .contains("\"incr\":{\"summary\":\"Adds one to a value that is an integer, 0 if there is none.\"");
        assertThat(run("redis-cli", "--pipe")).contains("errors: 0");
    }

    @ParameterizedTest
    @CsvSource({"1,2", "16,2", "1,3", "16,3"})
    void redisBenchmarkRunsWithoutAnError(String pipelined, String version) throws Exception {
        List<String> command = new ArrayList<>(List.of("-q", "-n", "1000", "-t", "ping,set,get,incr", "-P", pipelined));
        if (version.equals("3")) {
            command.add("-3");
        }
        String output = run("redis-benchmark", command.toArray(String[]::new));
        assertThat(output).doesNotContainIgnoringCase("error").doesNotContainIgnoringCase("warning");
        for (String test : List.of("PING_INLINE", "PING_MBULK", "SET", "GET", "INCR")) {
            assertThat(output).containsPattern(test + ": [0-9.]+ requests per second");
        }
    }

    /** What a tool writes, with an empty standard input; it must end with 0. */
    private String run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(tool, "-p", Integer.toString(server.localAddress().getPort())));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
