package dev.gatehouse.etcd;

import com.google.protobuf.ByteString;
import dev.gatehouse.cluster.store.Store.Candidate;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.ring.membership.Memberships;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.TxnResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One coordinator's part in the election. It looks at the leader's key ten times a lease: where the key isn't there it takes the lead, together with the next epoch; where the
 * key is its own it renews its lease; else it follows. Looking, and not watching, because a look also finds that etcd has no quorum, and nothing can be missed. Everything on the store's thread, but for
 * {@link #mayPublish} and {@link #trouble}, on any.
 */
final class Election {
    private static final Logger LOG = LoggerFactory.getLogger(Election.class);
    private static final int LOOKS_A_LEASE = 10;
    private static final String LATE = "its lease couldn't be renewed in time";

    private final EtcdClient etcd;
    private final ClusterRequests requests;
    private final ScheduledExecutorService thread;
    private final Duration leaseTime;
    private final String address;
    private final Candidate candidate;

    private volatile Optional<Lead> lead = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();

    /** Whether the candidate was told to follow, and whom. */
    private boolean following;

    private Optional<String> followed = Optional.empty();

    /** A lease of ours under which we don't lead, or no longer; 0 for none. */
    private long abandoned;

    private boolean resigned;

    Election(
            EtcdClient etcd,
            ClusterRequests requests,
            ScheduledExecutorService thread,
            Duration leaseTime,
            String address,
            Candidate candidate) {
        this.etcd = etcd;
        this.requests = requests;
        this.thread = thread;
        this.leaseTime = leaseTime;
        this.address = address;
        this.candidate = candidate;
    }

    /** Looks, again and again. */
    void run() {
        if (resigned) {
            return;
        }
        var unused = look().whenComplete((done, failure) -> {
            if (failure == null) {
                recovered();
            } else {
                failed(failure);
            }
            thread.schedule(this::run, leaseTime.dividedBy(LOOKS_A_LEASE).toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    boolean mayPublish(long epoch) {
        return lead.filter(now -> now.epoch() == epoch && now.certain()).isPresent();
    }

    /** Why etcd can't be used at the moment. */
    Optional<String> trouble() {
        return trouble;
    }

    /** Keeps what belongs to the epoch in which this coordinator leads. */
    CompletableFuture<Void> save(Memberships memberships) {
        Optional<Lead> now = lead.filter(Lead::certain)
                .filter(current -> current.epoch() == memberships.version().epoch());
        return now.isEmpty()
                ? CompletableFuture.failedFuture(new StoreException("this coordinator doesn't lead"))
                : save(now.get(), memberships);
    }

    /** Gives the lead up, also one that is just being taken. */
    CompletableFuture<Void> resign() {
        resigned = true;
        lead.ifPresent(last -> abandoned = last.lease());
        lead = Optional.empty();
        return giveBack();
    }

    private CompletableFuture<Void> look() {
        return etcd.range(requests.leader()).thenCompose(answer -> seen(Answers.first(answer)));
    }

    private CompletableFuture<Void> seen(Optional<KeyValue> leader) {
        if (lead.isPresent() && leader.filter(lead.get()::holds).isPresent()) {
            return renew(lead.get());
        }
        lead.ifPresent(last -> over(last, "its key in etcd has gone"));
        if (leader.isEmpty()) {
            return take();
        }
        if (abandoned != 0 && leader.get().getLease() == abandoned) {
            return giveBack();
        }
        follow(Optional.of(leader.get().getValue().toStringUtf8()));
        return done();
    }

    /** Whatever was tried before and may still be under way comes to nothing once its lease is over; else it could win later, and we would follow ourselves. */
    private CompletableFuture<Void> take() {
        return giveBack()
                .thenCompose(done -> etcd.transaction(requests.past()))
                .thenApply(Past::read)
                .thenCompose(this::take);
    }

    private CompletableFuture<Void> take(Past past) {
        candidate.check(past.kept());
        long asked = System.nanoTime();
        return etcd.grant(leaseTime).thenCompose(granted -> {
            abandoned = granted.getID();
            long until = Lead.until(asked, Duration.ofSeconds(granted.getTTL()));
            return etcd.transaction(requests.take(address, granted.getID(), past))
                    .thenAccept(answer -> taken(answer, past, granted.getID(), until));
        });
    }

    private void taken(TxnResponse answer, Past past, long lease, long until) {
        Lead won =
                new Lead(past.nextEpoch(), lease, answer.getHeader().getRevision(), past.membershipsRevision(), until);
        if (answer.getSucceeded() && won.certain() && !resigned) {
            abandoned = 0;
            lead = Optional.of(won);
            following = false;
            expireInTime(won);
            candidate.leads(won.epoch(), past.kept());
        } else {
            // Another was faster, or the answer came too late.
            var unused = giveBack();
        }
    }

    private CompletableFuture<Void> renew(Lead now) {
        long asked = System.nanoTime();
        return etcd.renew(now.lease()).thenAccept(time -> {
            if (isOver(now)) {
                return;
            }
            if (time.isZero()) {
                over(now, "its lease has ended");
            } else if (now.renewed(Lead.until(asked, time))) {
                expireInTime(now);
            } else {
                over(now, LATE);
            }
        });
    }

    private void expireInTime(Lead now) {
        long left = Math.max(0, now.untilNanos() - System.nanoTime());
        thread.schedule(() -> expire(now), left, TimeUnit.NANOSECONDS);
    }

    private void expire(Lead now) {
        if (!isOver(now) && !now.certain()) {
            over(now, LATE);
        }
    }

    private boolean isOver(Lead some) {
        return lead.filter(current -> current == some).isEmpty();
    }

    private void over(Lead last, String why) {
        LOG.warn("the lead in epoch {} is over: {}", last.epoch(), why);
        lead = Optional.empty();
        abandoned = last.lease();
        follow(Optional.empty());
        var unused = giveBack();
    }

    private CompletableFuture<Void> giveBack() {
        long lease = abandoned;
        return lease == 0
                ? done()
                : etcd.revoke(lease).thenAccept(done -> abandoned = abandoned == lease ? 0 : abandoned);
    }

    private void follow(Optional<String> leader) {
        if (!following || !followed.equals(leader)) {
            following = true;
            followed = leader;
            candidate.follows(leader);
        }
    }

    private CompletableFuture<Void> save(Lead now, Memberships memberships) {
        ByteString value = MembershipsValue.write(memberships);
        return etcd.transaction(requests.save(now, value))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(notSaved(failure, value.size())))
                .thenCompose(answer -> answer.getSucceeded()
                        ? kept(now, answer.getHeader().getRevision())
                        : refused(now, memberships, answer));
    }

    private static Throwable notSaved(Throwable failure, int bytes) {
        return Failures.cause(failure) instanceof EtcdException refused && refused.requestTooLong()
                ? new StoreException(
                        "memberships: " + bytes
                                + " bytes (expected: what etcd takes by its --max-request-bytes, 1.5 MiB by"
                                + " default)",
                        refused)
                : failure;
    }

    private static CompletableFuture<Void> kept(Lead now, long revision) {
        now.kept(revision);
        return done();
    }

    /** Where the lead is still ours, what stands there is an earlier save of ours that wasn't answered. */
    private CompletableFuture<Void> refused(Lead now, Memberships memberships, TxnResponse answer) {
        if (Answers.first(answer, 0).filter(now::holds).isPresent()) {
            now.kept(Answers.first(answer, 1).map(KeyValue::getModRevision).orElse(0L));
            return save(now, memberships);
        }
        if (!isOver(now)) {
            over(now, "its key in etcd has gone");
        }
        return CompletableFuture.failedFuture(new StoreException("this coordinator doesn't lead any more"));
    }

    private void recovered() {
        if (trouble.isPresent()) {
            trouble = Optional.empty();
            LOG.info("etcd answers again");
        }
    }

    private void failed(Throwable failure) {
        String sentence = Failures.sentence(failure);
        if (trouble.isEmpty() || (isForOperators(failure) && !trouble.get().equals(sentence))) {
            LOG.warn(
                    "etcd can't be used: {}; tried again every {} ms; no ring is published without it, those that are out stay valid",
                    sentence,
                    leaseTime.dividedBy(LOOKS_A_LEASE).toMillis());
        }
        trouble = Optional.of(sentence);
        if (lead.isEmpty() && !following) {
            follow(Optional.empty());
        }
    }

    /** It won't pass by itself. */
    private static boolean isForOperators(Throwable failure) {
        return Failures.cause(failure) instanceof StoreException;
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
