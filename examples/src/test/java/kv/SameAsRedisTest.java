package kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server and ours give the same answers, byte for byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameAsRedisTest {
    private static final String MAX = "9223372036854775807";

    private RedisServer redis;
    private KeyValueServer ours;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        redis = RedisServer.start(folder);
        ours = new KeyValueServer("127.0.0.1:0", KeyValueOptions.defaults());
    }

    @AfterAll
    void stop() {
        if (ours != null) {
            ours.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void inEachVersionOfTheProtocol(String version) {
        try (RedisClient theirs = new RedisClient(redis.address());
                RedisClient mine = new RedisClient(ours.localAddress())) {
            assertThat(hello(mine, version)).isEqualTo(hello(theirs, version));
            // At once, so that what is left of a key's time is the same.
            List<String> answers = mine.askAll(REQUESTS);
            List<String> theirAnswers = theirs.askAll(REQUESTS);
            for (int i = 0; i < REQUESTS.size(); i++) {
                assertThat(answers.get(i)).as("%s", REQUESTS.get(i)).isEqualTo(theirAnswers.get(i));
            }
        }
    }

    /** The number of the connection and of the release is each one's own. */
    private static String hello(RedisClient client, String version) {
        return client.ask("HELLO", version)
                .replaceAll("(id\r\n):\\d+", "$1:ID")
                .replaceAll("(version\r\n)\\$\\d+\r\n[0-9.]+", "$1RELEASE");
    }

    @ParameterizedTest
    @MethodSource("bytes")
    void forBytesThatAreNoArray(String bytes) {
        assertThat(answer(ours.localAddress(), bytes)).isEqualTo(answer(redis.address(), bytes));
    }

    private static String answer(InetSocketAddress address, String bytes) {
        try (RedisClient client = new RedisClient(address)) {
            return client.askRaw(bytes);
        }
    }

    static List<String> bytes() {
        return List.of(
                "PING\r\n",
                "ping\n",
                "\r\n\r\nping\r\n",
                "  ECHO   \"two words\"  \r\n",
                "echo \"\\x41\\n\\r\\t\\b\\a\\\"\\q\\x4\"\r\n",
                "echo 'it\\'s \\n'\r\n",
                "echo \"open\r\n",
                "echo \"a\"b\r\n",
                "echo 'a'b\r\n",
                "echo a\"b\"\r\n",
                "*0\r\n",
                "*-1\r\n",
                "*-10\r\n*1\r\n$4\r\nping\r\n",
                "*x\r\n",
                "*\r\n",
                "*01\r\n",
                "*+1\r\n",
                "*2147483648\r\n",
                "*1\r\n+ping\r\n",
                "*1\r\n\r\n",
                "*1\r\n$-1\r\n",
                "*1\r\n$x\r\n",
                "*1\r\n$536870913\r\n",
                "*2\r\n$4\r\nping\r\n*1\r\n",
                "x".repeat(65_537 + 1000),
                "*" + "1".repeat(65_537 + 1000),
                "*1\r\n$" + "1".repeat(65_537 + 1000),
                "get\r\n",
                "nonsense 1 2\r\n",
                RedisClient.array("ping") + RedisClient.array("echo", "a") + "ping\r\n"
                        + RedisClient.array("get", "no"));
    }

    private static List<String> r(String... arguments) {
        return List.of(arguments);
    }

    private static final List<List<String>> REQUESTS = List.of(
            r("PING"),
            r("ping", "hello"),
            r("PING", "a", "b"),
            r("ECHO", "a\r\nb"),
            r("ECHO"),
            r("GET", "none"),
            r("get"),
            r("GET", "a", "b"),
            r("SET", "a"),
            r("SET", "a", "1"),
            r("GET", "a"),
            r("SET", "a", ""),
            r("GET", "a"),
            r("SET", "", "empty key"),
            r("GET", ""),
            r("SET", "a", "2", "NX"),
            r("SET", "a", "3", "xx"),
            r("SET", "b", "3", "XX"),
            r("SET", "b", "3", "nx"),
            r("SET", "b", "3", "NX", "XX"),
            r("SET", "b", "3", "XX", "NX"),
            r("SET", "b", "3", "NX", "NX"),
            r("SET", "b", "3", "EX"),
            r("SET", "b", "3", "EX", "0"),
            r("SET", "b", "3", "EX", "-1"),
            r("SET", "b", "3", "EX", "x"),
            r("SET", "b", "3", "PX", "1.5"),
            r("SET", "b", "3", "EX", MAX),
            r("SET", "b", "3", "PX", MAX),
            r("SET", "b", "3", "EX", "9223372036854775808"),
            r("SET", "b", "3", "EX", "100", "PX", "100"),
            r("SET", "b", "3", "EX", "100", "EX", "200"),
            r("SET", "b", "3", "nonsense"),
            r("SET", "b", "3", "EX", "100", "NX"),
            r("SET", "b", "3", "EX", "100", "XX"),
            r("TTL", "b"),
            r("SET", "b", "3", "PX", "100000"),
            r("TTL", "b"),
            r("SET", "b", "4"),
            r("TTL", "b"),
            r("TTL", "none"),
            r("TTL"),
            r("EXPIRE", "b", "1000"),
            r("TTL", "b"),
            r("EXPIRE", "none", "1000"),
            r("EXPIRE", "b", "x"),
            r("EXPIRE", "none", "x"),
            r("EXPIRE", "b", MAX),
            r("EXPIRE", "b", "-" + MAX),
            r("EXPIRE", "b"),
            r("EXPIRE", "b", "10", "nonsense"),
            r("EXPIRE", "b", "-1"),
            r("EXISTS", "b"),
            r("INCR", "n"),
            r("INCR", "n"),
            r("GET", "n"),
            r("INCR", "b"),
            r("SET", "text", "abc"),
            r("INCR", "text"),
            r("SET", "n", MAX),
            r("INCR", "n"),
            r("SET", "n", "9223372036854775808"),
            r("INCR", "n"),
            r("SET", "n", "-9223372036854775808"),
            r("INCR", "n"),
            r("SET", "n", "-9223372036854775809"),
            r("INCR", "n"),
            r("SET", "n", "-1"),
            r("INCR", "n"),
            r("SET", "n", " 1"),
            r("INCR", "n"),
            r("SET", "n", "01"),
            r("INCR", "n"),
            r("SET", "n", ""),
            r("INCR", "n"),
            r("SET", "n", "-"),
            r("INCR", "n"),
            r("SET", "n", "-0"),
            r("INCR", "n"),
            r("SET", "n", "99", "EX", "100"),
            r("INCR", "n"),
            r("TTL", "n"),
            r("INCR"),
            r("INCR", "a", "b"),
            r("EXISTS", "a", "n", "none", "a"),
            r("EXISTS"),
            r("DEL", "a", "n", "none", "a"),
            r("DEL"),
            r("EXISTS", "a"),
            r("SELECT", "1"),
            r("GET", "text"),
            r("SET", "text", "in one"),
            r("SELECT", "0"),
            r("GET", "text"),
            r("SELECT", "16"),
            r("SELECT", "-1"),
            r("SELECT", "x"),
            r("SELECT", "99999999999"),
            r("SELECT"),
            r("HELLO", "1"),
            r("HELLO", "4"),
            r("HELLO", "x"),
            r("CONFIG", "GET", "save"),
            r("CONFIG", "GET", "appendonly"),
            r("CONFIG", "GET", "none"),
            r("CONFIG", "GET"),
            r("CONFIG", "nonsense"),
            r("CONFIG"),
            r("COMMAND", "INFO", "none"),
            r("COMMAND", "nonsense"),
            r("COMMAND", "DOCS", "none"),
            r("nonsense"),
            r("NONSENSE", "a", "b\r\nc"),
            r("nonsense", "x".repeat(200), "y"),
            r("nonsense", "x".repeat(100), "y".repeat(100), "z"),
            r("x".repeat(200)),
            r(""),
            r("del", "", "text", "b"));
}
