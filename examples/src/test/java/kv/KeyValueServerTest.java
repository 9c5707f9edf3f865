package kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.ListenException;
import dev.gatehouse.testing.ManualTicker;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyValueServerTest {
    private static final int MEMORY_BYTES = 2000;
    private static final int CLIENTS = 8;
    private static final RequestLimits LIMITS = new RequestLimits(400, 300, 10, 50);

    private final ManualTicker ticker = new ManualTicker();
    private KeyValueServer server;
    private RedisClient client;

    @BeforeEach
    void start() {
        server = new KeyValueServer("127.0.0.1:0", new KeyValueOptions(LIMITS, 2, CLIENTS, MEMORY_BYTES, 5, ticker));
        client = new RedisClient(server.localAddress());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void keysExpireToTheMillisecond() {
        client.ask("set", "a", "1", "px", "1500");
        client.ask("set", "b", "1", "ex", "2");
        ticker.advance(Duration.ofMillis(1499));
        assertThat(client.ask("exists", "a", "b")).isEqualTo(":2\r\n");
        ticker.advance(Duration.ofMillis(1));
        assertThat(client.ask("get", "a")).isEqualTo("$-1\r\n");
        assertThat(client.ask("ttl", "b")).isEqualTo(":1\r\n");
        ticker.advance(Duration.ofMillis(500));
        assertThat(client.ask("exists", "b")).isEqualTo(":0\r\n");
    }

    @Test
    void whatNobodyAsksForIsSweptInTheEnd() {
        // More than one sweep looks at.
        for (int i = 0; i < 9; i++) {
            client.ask("select", Integer.toString(i % 2));
            client.ask("set", "key" + i, "1", "ex", "1");
        }
        client.ask("set", "stays", "1");
        assertThat(client.ask("info", "keyspace")).contains("db0:keys=6,expires=5", "db1:keys=4,expires=4");
        ticker.advance(Duration.ofSeconds(1));
        await().until(() -> !client.ask("info", "keyspace").contains("db1"));
        await().until(() -> client.ask("info", "keyspace").contains("db0:keys=1,expires=0"));
        assertThat(usedMemory()).isLessThan(200);
    }

    @Test
    void aValueThatIsSetAgainExpiresNoMore() {
        client.ask("set", "a", "1", "ex", "1");
        client.ask("set", "a", "2");
        ticker.advance(Duration.ofSeconds(2));
        assertThat(client.ask("get", "a")).isEqualTo("$1\r\n2\r\n");
    }

    @Test
    void refusesWhatWouldNeedMoreMemoryThanItMayTake() {
        String large = "x".repeat(300);
        String answer = "";
        int keys = 0;
        while (keys < 100 && !answer.startsWith("-")) {
            answer = client.ask("set", "key" + keys++, large);
        }
        assertThat(answer).isEqualTo("-OOM command not allowed when used memory > 'maxmemory'.\r\n");
        assertThat(usedMemory()).isBetween(1000L, (long) MEMORY_BYTES);
        assertThat(client.ask("get", "key0")).contains(large);
        client.ask("del", "key0");
        assertThat(client.ask("set", "other", large)).isEqualTo("+OK\r\n");
    }

    @Test
    void deletedKeysGiveTheirMemoryBack() {
        client.ask("set", "a", "x".repeat(100));
        client.ask("set", "a", "x".repeat(200), "ex", "10");
        client.ask("incr", "n");
        client.ask("del", "a", "n");
        assertThat(usedMemory()).isZero();
    }

    @Test
    void refusesRequestsBeyondEachLimit() {
        assertThat(answerToStranger("*1\r\n$301\r\n")).isEqualTo("-ERR Protocol error: invalid bulk length\r\n");
        assertThat(answerToStranger("*11\r\n")).isEqualTo("-ERR Protocol error: invalid multibulk length\r\n");
        assertThat(answerToStranger("x".repeat(51))).isEqualTo("-ERR Protocol error: too big inline request\r\n");
        String half = "$200\r\n" + "x".repeat(200) + "\r\n";
        assertThat(answerToStranger("*2\r\n" + half + half)).isEqualTo("-ERR Protocol error: too big request\r\n");
    }

    @Test
    void answersWhatCameBeforeAMistake() {
        assertThat(answerToStranger("ping\r\n*x\r\nping\r\n"))
                .isEqualTo("+PONG\r\n-ERR Protocol error: invalid multibulk length\r\n");
    }

    @Test
    void closesAfterQuit() {
        assertThat(answerToStranger("quit\r\nping\r\n")).isEqualTo("+OK\r\n");
    }

    @Test
    void takesNoMoreClientsThanItMay() {
        List<RedisClient> others = new ArrayList<>();
        try {
            while (others.size() < CLIENTS - 1) {
                RedisClient other = new RedisClient(server.localAddress());
                others.add(other);
                other.ask("ping");
            }
            assertThat(client.ask("info", "clients")).contains("connected_clients:" + CLIENTS);
            try (RedisClient tooMany = new RedisClient(server.localAddress())) {
                assertThat(isRefused(tooMany)).isTrue();
            }
        } finally {
            others.forEach(RedisClient::close);
        }
    }

    @Test
    void saysWhyItCannotStart() {
        InetSocketAddress taken = server.localAddress();
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> new KeyValueServer("127.0.0.1:" + taken.getPort(), KeyValueOptions.defaults()))
                .withMessageContaining("the port is in use");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestLimits(1, 1, 1, 1))
                .withMessage("requestBytesMax: 1 (expected: 16..1073741824)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyValueOptions(LIMITS, 0, 1, 1, 1, ticker))
                .withMessage("databases: 0 (expected: 1 or more)");
    }

    private static boolean isRefused(RedisClient client) {
        try {
            return client.askRaw("ping\r\n").isEmpty();
        } catch (AssertionError | UncheckedIOException e) {
            // A reset, in whichever of our steps it shows.
            return true;
        }
    }

    private long usedMemory() {
        return Long.parseLong(client.ask("info", "memory").replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
    }

    /** What another client is told, whose connection the server closes. */
    private String answerToStranger(String bytes) {
        try (RedisClient stranger = new RedisClient(server.localAddress())) {
            return stranger.askRaw(bytes);
        }
    }
}
