package dev.gatehouse.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
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
 * ended, because etcd couldn't be reached for too long, the node is registered again. Any thread.
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
    private static final int RENEWALS_A_LEASE = 4;

    private final ScheduledThreadPoolExecutor thread = EtcdThread.start("gatehouse-etcd-registrar");
    private final EtcdClient etcd;
    private final Duration closeTimeout;
    private final String key;
    private final String address;

    /** 0 for none. */
    private long lease;

    private boolean registered;
    private boolean inTrouble;

    private EtcdRegistrar(EtcdAccess access, String key, String address) {
        etcd = new EtcdClient(access, thread);
        closeTimeout = access.timeout();
        this.key = key;
        this.address = address;
    }

    /**
     * Begins to register; returns at once.
     *
     * @param prefix as of the registry
     * @param service whose node it is
     * @param id unique in the service; matches {@code [A-Za-z0-9._-]{1,64}}
     * @param address where gateways reach it, {@code HOST:PORT}
     */
    public static EtcdRegistrar start(EtcdAccess access, String prefix, String service, String id, String address) {
        checked("service", service);
        checked("id", id);
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
            LOG.warn("{} couldn't be taken off etcd; it ends with its lease, {} s at most", key, LEASE.toSeconds());
        }
        etcd.close();
        thread.shutdownNow();
    }

    /** The node's key in etcd. */
    @Override
    public String toString() {
        return key;
    }

    private static void checked(String name, String value) {
        if (!value.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: [A-Za-z0-9._-]{1,64})");
        }
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
        if (!registered) {
            return register();
        }
        return etcd.renew(lease).thenCompose(time -> {
            registered = !time.isZero();
            return registered ? CompletableFuture.completedFuture(null) : register();
        });
    }

    private CompletableFuture<Void> register() {
        return etcd.grant(LEASE).thenCompose(granted -> {
            lease = granted.getID();
            PutRequest put = PutRequest.newBuilder()
                    .setKey(ByteString.copyFromUtf8(key))
                    .setValue(ByteString.copyFromUtf8(address))
                    .setLease(lease)
                    .build();
            TxnRequest request = TxnRequest.newBuilder()
                    .addSuccess(RequestOp.newBuilder().setRequestPut(put))
                    .build();
            return etcd.transaction(request).thenAccept(done -> {
                registered = true;
                LOG.info("registered in etcd as {}", key);
            });
        });
    }

    private CompletableFuture<Void> leave() {
        return lease == 0
                ? CompletableFuture.completedFuture(null)
                : etcd.revoke(lease).thenAccept(done -> {});
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
                    key,
                    LEASE.toSeconds());
        }
    }
}
