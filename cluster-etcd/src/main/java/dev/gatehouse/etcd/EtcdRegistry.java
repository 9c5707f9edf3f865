package dev.gatehouse.etcd;

import com.google.protobuf.ByteString;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.Registry;
import dev.gatehouse.ring.StaticRegistry;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services as etcd's keys name them: {@code PREFIX<service>/<id>} with the value {@code HOST:PORT}, each under a lease of whoever wrote it. All keys are read once, then
 * their changes are watched; where the watch ends they are read again. A watch of a member of etcd that stands still is silent, so requests beside it, every two timeouts, find that. While
 * etcd can't be used the last members stay. Listeners are called on the registry's thread. Any thread.
 */
public final class EtcdRegistry implements Registry, AutoCloseable {
    /** By default keys begin so. */
    public static final String PREFIX = "/backends/";

    /** Beyond so many keys, read or watched, the rest is left out until all are read again, with a line in the log. */
    public static final int KEYS_MAX = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(EtcdRegistry.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final StaticRegistry members = new StaticRegistry(Map.of());
    private final ScheduledThreadPoolExecutor thread = EtcdThread.start("gatehouse-etcd-registry");
    private final EtcdClient etcd;
    private final ByteString from;
    private final ByteString to;
    private final Duration proofInterval;
    private final Backends backends;

    private volatile Optional<String> trouble = Optional.of("etcd hasn't been read yet");
    private boolean told;

    private EtcdRegistry(EtcdAccess access, String prefix) {
        etcd = new EtcdClient(access, thread);
        from = ByteString.copyFromUtf8(prefix);
        to = after(from);
        proofInterval = access.timeout().multipliedBy(2);
        backends = new Backends(prefix, KEYS_MAX);
    }

    /**
     * Begins to read and to watch; returns at once.
     *
     * @param prefix with which keys begin, and which ends with {@code /}
     * @throws dev.gatehouse.cluster.store.StoreException if the TLS files can't be read
     */
    public static EtcdRegistry start(EtcdAccess access, String prefix) {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: one that ends with /)");
        }
        EtcdRegistry registry = new EtcdRegistry(access, prefix);
        registry.thread.execute(registry::follow);
        return registry;
    }

    @Override
    public List<Member> members(String service) {
        return members.members(service);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        return members.subscribe(listener);
    }

    /** Why etcd can't be used at the moment, in a sentence: what is known may be old. */
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        etcd.close();
        thread.shutdownNow();
    }

    private void follow() {
        RangeRequest all = RangeRequest.newBuilder()
                .setKey(from)
                .setRangeEnd(to)
                .setLimit(KEYS_MAX)
                .build();
        var unused = etcd.range(all).thenCompose(this::watch).whenComplete((done, failure) -> {
            failed(failure);
            thread.schedule(this::follow, RETRY.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    /** Completes, exceptionally, when it can't be watched any more. */
    private CompletableFuture<Void> watch(RangeResponse all) {
        if (all.getMore()) {
            LOG.warn("etcd has {} keys of backends: only {} of them are used", all.getCount(), KEYS_MAX);
        }
        backends.reset();
        all.getKvsList().forEach(backends::put);
        publish();
        WatchCreateRequest changes = WatchCreateRequest.newBuilder()
                .setKey(from)
                .setRangeEnd(to)
                .setStartRevision(all.getHeader().getRevision() + 1)
                .build();
        CompletableFuture<Void> watching = etcd.watch(changes, this::changed);
        proveLater(watching);
        return watching;
    }

    private void proveLater(CompletableFuture<Void> watching) {
        thread.schedule(() -> prove(watching), proofInterval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** That the member answers, and knows what the others do. */
    private void prove(CompletableFuture<Void> watching) {
        if (watching.isDone()) {
            return;
        }
        RangeRequest any = RangeRequest.newBuilder().setKey(from).build();
        var unused = etcd.range(any).whenComplete((answer, failure) -> {
            if (failure == null) {
                proveLater(watching);
            } else {
                watching.completeExceptionally(failure);
            }
        });
    }

    private void changed(WatchResponse response) {
        if (response.getCreated()) {
            recovered();
        }
        for (Event event : response.getEventsList()) {
            KeyValue key = event.getKv();
            if (event.getType() == Event.EventType.DELETE) {
                backends.delete(key);
            } else {
                backends.put(key);
            }
        }
        publish();
    }

    private void publish() {
        backends.takeChanges().forEach(members::replace);
    }

    private void recovered() {
        trouble = Optional.empty();
        if (told) {
            told = false;
            LOG.info("etcd answers again");
        }
    }

    private void failed(Throwable failure) {
        String sentence = Failures.sentence(failure);
        trouble = Optional.of(sentence);
        if (!told) {
            told = true;
            LOG.warn(
                    "etcd can't be used: {}; the nodes that are known stay; tried again every {} ms",
                    sentence,
                    RETRY.toMillis());
        }
    }

    /** The first key after all that begin with this one. */
    private static ByteString after(ByteString prefix) {
        byte[] bytes = prefix.toByteArray();
        // A slash is never the last byte that there is.
        bytes[bytes.length - 1]++;
        return ByteString.copyFrom(bytes);
    }
}
