package dev.gatehouse.etcd;

import com.google.protobuf.ByteString;
import dev.gatehouse.cluster.store.StoreException;
import io.etcd.jetcd.api.TxnRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node in etcd for as long as it lives, where an {@link EtcdRegistry} finds it: under a lease that ends soon after the process, or with {@link #close}. Where the lease has
 * ended, because etcd couldn't be reached for too long, or the key is gone, the node is registered again. Of two with one id the later one has the key, the other again once that has ended. Any
 * thread.
 *
 * <pre>{@code
 * try (EtcdRegistrar registrar = EtcdRegistrar.start(access, EtcdRegistry.PREFIX, "game", "game-1", "10.0.0.7:7001")) {
 *     node.awaitStop();
 * }
 * }</pre>
 */
public final class EtcdRegistrar implements AutoCloseable {
    /** A node whose process dies is taken off after so long. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(EtcdRegistrar.class);
    private static final String SERVICE = "[A-Za-z0-9._-]{1,64}";
    private static final int RENEWALS_A_LEASE = 4;

    private final ScheduledThreadPoolExecutor thread = EtcdThread.start("gatehouse-etcd-registrar");
    private final EtcdClient etcd;
    private final Duration closeTimeout;
    private final ByteString key;
    private final ByteString address;

    /** 0 for none. */
    private long lease;

    private boolean registered;
    private boolean inTrouble;

    private EtcdRegistrar(EtcdAccess access, String key, String address) {
        etcd = new EtcdClient(access, thread);
        closeTimeout = access.timeout();
        this.key = ByteString.copyFromUtf8(key);
        this.address = ByteString.copyFromUtf8(address);
    }

    /**
     * Begins to register; returns at once.
     *
     * @param prefix as of the registry; ends with {@code /}
     * @param service whose node it is; matches {@code [A-Za-z0-9._-]{1,64}}
     * @param id unique in the service; matches {@code [A-Za-z0-9._-]{1,64}}
     * @param address where gateways reach it, {@code HOST:PORT} with an IPv6 host in brackets
     * @throws StoreException if the TLS files can't be read
     */
    public static EtcdRegistrar start(EtcdAccess access, String prefix, String service, String id, String address) {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: one that ends with /)");
        }
        if (!service.matches(SERVICE)) {
            throw new IllegalArgumentException("service: " + service + " (expected: " + SERVICE + ")");
        }
        var unused = Backends.member(id, address);
        EtcdRegistrar registrar = new EtcdRegistrar(access, prefix + service + "/" + id, address);
        registrar.thread.execute(registrar::run);
        return registrar;
    }

    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        try {
            CompletableFuture.supplyAsync(this::leave, thread)
                    .thenCompose(left -> left)
                    .get(closeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} couldn't be taken off etcd; it ends with its lease, {} s at most", this, LEASE.toSeconds());
        }
        etcd.close();
        thread.shutdownNow();
    }

    /** The node's key in etcd. */
    @Override
    public String toString() {
        return key.toStringUtf8();
    }

    private void run() {
        var unused = step().whenComplete((done, failure) -> {
            if (failure == null) {
                recovered();
            } else {
                failed(failure);
            }
            thread.schedule(this::run, LEASE.dividedBy(RENEWALS_A_LEASE).toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    private CompletableFuture<Void> step() {
        return registered ? etcd.renew(lease).thenCompose(this::renewed) : register();
    }

    private CompletableFuture<Void> register() {
        return etcd.grant(LEASE).thenCompose(granted -> {
            lease = granted.getID();
            return etcd.transaction(put().build()).thenAccept(done -> {
                registered = true;
                LOG.info("registered in etcd as {}", this);
            });
        });
    }

    private CompletableFuture<Void> renewed(Duration left) {
        registered = !left.isZero();
        return registered ? putBack() : register();
    }

    /** Where nobody has the key: it was deleted, or hung on another lease, which has ended. */
    private CompletableFuture<Void> putBack() {
        TxnRequest request = put().addCompare(Operations.created(key, 0)).build();
        return etcd.transaction(request).thenAccept(answer -> {
            if (answer.getSucceeded()) {
                LOG.info("registered in etcd again as {}, as the key was gone", this);
            }
        });
    }

    private TxnRequest.Builder put() {
        return TxnRequest.newBuilder().addSuccess(Operations.put(key, address, lease));
    }

    private CompletableFuture<Void> leave() {
        return lease == 0 ? CompletableFuture.completedFuture(null) : etcd.revoke(lease);
    }

    private void recovered() {
        if (inTrouble) {
            inTrouble = false;
            LOG.info("etcd answers again");
        }
    }

    private void failed(Throwable failure) {
        if (!inTrouble) {
            inTrouble = true;
            LOG.warn(
                    "etcd can't be used: {}; {} isn't kept there for longer than {} s without it; tried again",
                    Failures.sentence(failure),
                    this,
                    LEASE.toSeconds());
        }
    }
}
