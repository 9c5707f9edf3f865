package dev.gatehouse.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.load.Load;
import dev.gatehouse.load.LoadConfig;
import dev.gatehouse.load.Measurement;
import dev.gatehouse.load.Mode;
import dev.gatehouse.load.Pace;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final List<ProcessSample> SERVER = List.of(
            new ProcessSample(Duration.ofSeconds(1), 0.5, 100 << 20),
            new ProcessSample(Duration.ofSeconds(2), 0.7, 120 << 20));

    private static Server server;
    private static Load load;
    private static Measurement measured;

    @BeforeAll
    static void measure() throws InterruptedException {
        server = Server.builder("127.0.0.1:0", Framing.lines(1 << 16))
                .handler((connection, line) -> connection.send(line))
                .start();
        load = Load.start(LoadConfig.builder(Address.format(server.localAddress()), Mode.lines())
                .clients(3)
                .build());
        measured = load.run(Pace.open(1000), Duration.ofMillis(2100));
    }

    @AfterAll
    static void close() {
        load.close();
        server.close();
    }

    private static Report report(String title) {
        return new Report(
                title,
                Instant.EPOCH,
                load.config(),
                measured,
                SERVER,
                Duration.ofMillis(21),
                new MachineStalls.Summary(2, Duration.ofMillis(9), Duration.ofMillis(15)));
    }

    @Test
    void hasAPageThatNeedsNothingElse() {
        String html = report("a title").html();
        assertThat(html)
                .contains("<h1>a title</h1>", "1970-01-01 00:00:00 UTC", "Every one of 2,100 answers")
                .contains("Latency by percentile", "Server: memory")
                .doesNotContain("http:", "https:", "src=", "url(", "@import", "<script", "{{");
    }

    @Test
    void escapesWhatOthersSay() {
        String html = report("<script>alert(\"x\") & more").html();
        assertThat(html)
                .contains("&lt;script&gt;alert(&quot;x&quot;) &amp; more")
                .doesNotContain("<script");
    }

    @Test
    void drawsWellFormedPictures() throws Exception {
        String html = new Charts(report("a title")).html();
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<all>" + html + "</all>")));
        assertThat(document.getElementsByTagName("svg").getLength()).isBetween(3, 5);
        assertThat(html).doesNotContain("NaN", "Infinity");
    }

    @Test
    void hasJsonWithAllFigures() {
        JsonNode json = JsonMapper.shared().readTree(report("a title").json());
        assertThat(json.get("answers").asLong()).isEqualTo(2100);
        assertThat(json.get("latencyNanos").get("p99.9").asLong()).isPositive();
        assertThat(json.get("intervals").size()).isPositive();
        assertThat(json.get("machineStalls").get("longestNanos").asLong()).isEqualTo(9_000_000);
        assertThat(json.get("server").get(1).get("residentBytes").asLong()).isEqualTo(120 << 20);
    }

    @Test
    void hasATableForATerminal() {
        assertThat(report("a title").text())
                .startsWith("a title\n")
                .contains("answers             2,100 of 2,100 messages in ")
                .contains("server              10.00 \u00b5s of processor time an answer, 120 MiB of memory")
                .contains("machine             2 stalls over 5 ms, the longest 9 ms")
                .doesNotContain("WRONG");
        assertThat(report("a title").clean()).isTrue();
    }
}
