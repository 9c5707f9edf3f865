package dev.gatehouse.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.gatehouse.etcd.process.EtcdProcess;
import dev.gatehouse.etcd.process.NeedsEtcd;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsEtcd
class EtcdClientTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ByteString KEY = ByteString.copyFromUtf8("/client/key");

    @TempDir
    static Path folder;

    private static EtcdProcess etcd;

    private final ScheduledThreadPoolExecutor thread = EtcdThread.start("etcd-client-test");
    private EtcdClient client;

    @BeforeAll
    static void startEtcd() {
        etcd = EtcdProcess.start(folder);
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @BeforeEach
    void connect() {
        client = new EtcdClient(EtcdAccess.of(List.of(etcd.url())).withTimeout(Duration.ofSeconds(30)), thread);
    }

    @AfterEach
    void close() {
        client.close();
        thread.shutdownNow();
    }

    private CompletableFuture<Void> watch(long revision) {
        WatchCreateRequest create = WatchCreateRequest.newBuilder()
                .setKey(KEY)
                .setStartRevision(revision)
                .build();
        return client.watch(create, change -> {});
    }

    private long put(long lease) {
        TxnRequest put = TxnRequest.newBuilder()
                .addSuccess(Operations.put(KEY, ByteString.EMPTY, lease))
                .build();
        return client.transaction(put).join().getHeader().getRevision();
    }

    /** How many streams of watches are open, by etcd's own count of what was begun and has ended. */
    private static int watches() throws IOException, InterruptedException {
        HttpRequest metrics =
                HttpRequest.newBuilder(URI.create(etcd.url() + "/metrics")).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(metrics, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.contains("grpc_service=\"etcdserverpb.Watch\""))
                    .mapToInt(EtcdClientTest::begunOrEnded)
                    .sum();
        }
    }

    private static int begunOrEnded(String line) {
        int count = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
        if (line.startsWith("grpc_server_started_total{")) {
            return count;
        }
        return line.startsWith("grpc_server_handled_total{") ? -count : 0;
    }

    @Test
    void aWatchFromARevisionThatIsCompactedFailsAndLeavesNothing() {
        put(0);
        long last = put(0);
        try (EtcdKeyspace keys = new EtcdKeyspace(etcd.url())) {
            keys.compact(last);
        }
        CompletableFuture<Void> watch = watch(1);
        assertThatThrownBy(watch::join)
                .hasRootCauseMessage("ABORTED: what is watched has been compacted up to revision " + last)
                .hasMessageContaining(etcd.url());
        await().atMost(PATIENCE).until(() -> watches() == 0);
    }

    @Test
    void whoeverCompletesAWatchEndsIt() {
        CompletableFuture<Void> watch = watch(0);
        await().atMost(PATIENCE).until(() -> watches() == 1);
        watch.complete(null);
        await().atMost(PATIENCE).until(() -> watches() == 0);
    }

    @Test
    void endsALeaseThatIsOverAlready() {
        long lease = client.grant(Duration.ofSeconds(30)).join().getID();
        client.revoke(lease).join();
        assertThat(client.revoke(lease)).succeedsWithin(PATIENCE);
        assertThat(client.renew(lease).join()).isZero();
    }

    /** On that the election relies, where an attempt that wasn't answered is still under way. */
    @Test
    void writesNothingUnderALeaseThatIsOver() {
        long lease = client.grant(Duration.ofSeconds(30)).join().getID();
        client.revoke(lease).join();
        assertThatThrownBy(() -> put(lease)).hasMessageContaining("requested lease not found");
    }
}
