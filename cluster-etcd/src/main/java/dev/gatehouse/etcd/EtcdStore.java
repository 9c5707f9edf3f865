package dev.gatehouse.etcd;

import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.ring.membership.Memberships;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * etcd, for several coordinators, of which one leads: the one whose address stands in etcd under a lease that it renews. What a leader saves is written by a transaction
 * that compares the leader's key and its last write, so whoever has lost the lead writes nothing. A leader that couldn't renew its lease for the lease's time less a second
 * gives up, and only then can another one lead. Any thread.
 *
 * <p>Without etcd, or while etcd has no quorum, nobody leads for longer than that; {@link #trouble} says why, and etcd is tried again until it answers.
 */
public final class EtcdStore implements Store {
    /** By default a lease is of 10 s. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    /** By default keys begin so. */
    public static final String PREFIX = "/gatehouse/cluster/";

    /** So long may RING be whose memberships, packed, fit into a request that etcd takes by default: they take less than a quarter. */
    private static final int RING_BYTES_MAX = 4 * (1536 << 10);

    private static final Logger LOG = LoggerFactory.getLogger(EtcdStore.class);
    private static final Duration LEASE_MIN = Duration.ofSeconds(3);
    private static final Duration LEASE_MAX = Duration.ofMinutes(5);

    private final ScheduledThreadPoolExecutor thread;
    private final EtcdClient etcd;
    private final ClusterRequests requests;
    private final Duration lease;
    private final Duration closeTimeout;

    private volatile Optional<Election> election = Optional.empty();

    private EtcdStore(EtcdAccess access, String prefix, Duration lease) {
        this.lease = lease;
        closeTimeout = access.timeout();
        requests = new ClusterRequests(ClusterKeys.below(prefix));
        thread = EtcdThread.start("gatehouse-etcd-store");
        etcd = new EtcdClient(access, thread);
    }

    /**
     * A store in etcd; it begins with {@link #campaign}.
     *
     * @param prefix with which its keys begin; each cluster of coordinators has its own
     * @param lease how long a leader that isn't heard of any more leads at most; whole seconds, 3 s to 5 min
     * @throws StoreException if the TLS files can't be read
     */
    public static EtcdStore of(EtcdAccess access, String prefix, Duration lease) {
        if (lease.compareTo(LEASE_MIN) < 0 || lease.compareTo(LEASE_MAX) > 0 || lease.toNanosPart() != 0) {
            throw new IllegalArgumentException("lease: " + lease + " (expected: whole seconds, 3 s to 5 min)");
        }
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("prefix: empty (expected: such as " + PREFIX + ")");
        }
        Duration third = lease.minus(Lead.MARGIN).dividedBy(3);
        // So that a request may fail, and the next member of etcd be asked, before the lead is over.
        Duration timeout = access.timeout().compareTo(third) < 0 ? access.timeout() : third;
        return new EtcdStore(access.withTimeout(timeout), prefix, lease);
    }

    @Override
    public void campaign(String address, Candidate candidate) {
        Election begun = new Election(etcd, requests, thread, lease, address, candidate);
        election = Optional.of(begun);
        thread.execute(begun::run);
    }

    @Override
    public CompletableFuture<Void> save(Memberships memberships) {
        if (election.isEmpty() || thread.isShutdown()) {
            return CompletableFuture.failedFuture(new StoreException("this coordinator doesn't lead"));
        }
        Election current = election.get();
        return CompletableFuture.supplyAsync(() -> current.save(memberships), thread)
                .thenCompose(saved -> saved)
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(new StoreException(Failures.sentence(failure), failure)));
    }

    @Override
    public boolean mayPublish(long epoch) {
        return election.filter(current -> current.mayPublish(epoch)).isPresent();
    }

    @Override
    public Optional<String> trouble() {
        return election.flatMap(Election::trouble);
    }

    /** What etcd takes in one request, 1.5 MiB by default, is enough for 6 MiB. */
    @Override
    public int ringBytesMax() {
        return RING_BYTES_MAX;
    }

    @Override
    public void close() {
        Optional<Election> last = election;
        election = Optional.empty();
        last.ifPresent(this::resign);
        etcd.close();
        thread.shutdownNow();
    }

    private void resign(Election current) {
        try {
            CompletableFuture.supplyAsync(current::resign, thread)
                    .thenCompose(resigned -> resigned)
                    .get(closeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(
                    "the lead couldn't be given back to etcd; it ends with its lease, {} s at most", lease.toSeconds());
        }
    }
}
