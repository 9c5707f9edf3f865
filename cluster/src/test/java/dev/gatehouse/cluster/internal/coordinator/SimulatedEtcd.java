package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.ring.membership.Memberships;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The model of what several coordinators share: memberships, and a lead that is given for the time of a lease. Requests and answers take their time, and a coordinator that
 * stands still neither asks nor hears.
 */
final class SimulatedEtcd implements SimulatedMedium {
    static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /**
     * What it does right.
     *
     * @param lease how long a lease really is; coordinators count on {@link #LEASE}
     * @param savesCompare whether only the leader's saves are kept
     * @param leadersAsk whether a leader asks the clock before all that it does
     */
    record Rules(Duration lease, boolean savesCompare, boolean leadersAsk) {
        static final Rules TRUE = new Rules(LEASE, true, true);
    }

    private final Simulation simulation;
    private final Rules rules;
    private Memberships kept = Memberships.NONE;
    private @Nullable Lead lead;
    private long epochs;

    SimulatedEtcd(Simulation simulation, Rules rules) {
        this.simulation = simulation;
        this.rules = rules;
    }

    /** A lead, as etcd knows it. */
    private static final class Lead {
        private final Session session;
        private final long epoch;
        private long untilNanos;

        private Lead(Session session, long epoch) {
            this.session = session;
            this.epoch = epoch;
        }
    }

    /** What etcd answers to whoever wants to lead or go on leading. */
    private record Answer(Session leader, long epoch, Memberships kept) {}

    @Override
    public Store open(SimulatedCoordinator coordinator) {
        return new Session(coordinator);
    }

    private Optional<Lead> current() {
        return Optional.ofNullable(lead).filter(some -> simulation.nanos() < some.untilNanos);
    }

    private Answer ask(Session session) {
        Lead leading = current().orElseGet(() -> new Lead(session, ++epochs));
        lead = leading;
        if (leading.session == session) {
            leading.untilNanos = simulation.nanos() + rules.lease().toNanos();
        }
        return new Answer(leading.session, leading.epoch, kept);
    }

    private boolean save(Session session, Memberships memberships) {
        boolean leads = current()
                .filter(some -> some.session == session
                        && some.epoch == memberships.version().epoch())
                .isPresent();
        if (leads || !rules.savesCompare()) {
            kept = memberships;
            return true;
        }
        return false;
    }

    /** One life of a coordinator. */
    private final class Session implements Store {
        private final SimulatedCoordinator process;
        private @Nullable Candidate candidate;
        private long epoch;
        private long certainUntilNanos;
        private Optional<Session> known = Optional.empty();

        private Session(SimulatedCoordinator process) {
            this.process = process;
        }

        @Override
        public void campaign(String address, Candidate candidate) {
            this.candidate = candidate;
            renew();
        }

        private void renew() {
            long askedNanos = simulation.nanos();
            Answer[] answer = new Answer[1];
            request(() -> answer[0] = ask(this), () -> answered(askedNanos, answer[0]));
            process.later(LEASE.dividedBy(3).minus(simulation.between(0, 500)), this::renew);
        }

        /** Something happens at etcd, unless nobody sends it any more, and then the coordinator hears of it, if it lives. */
        private void request(Runnable atEtcd, Runnable answered) {
            Duration there = simulation.between(0, 30);
            simulation.after(there, atEtcd);
            process.later(there.plus(simulation.between(0, 30)), answered);
        }

        private void answered(long askedNanos, Answer answer) {
            Candidate hearing = candidate;
            if (hearing == null) {
                return;
            }
            if (answer.leader() != this) {
                if (epoch != 0 || !known.equals(Optional.of(answer.leader()))) {
                    epoch = 0;
                    known = Optional.of(answer.leader());
                    hearing.follows(Optional.of(answer.leader().process.name()));
                }
            } else if (answer.epoch() == epoch && !certain()) {
                // It was over, by the clock, before etcd said that it goes on.
                epoch = 0;
                known = Optional.empty();
                request(() -> resign(answer.epoch()), () -> {});
                hearing.follows(Optional.empty());
            } else {
                certainUntilNanos = askedNanos + LEASE.minus(MARGIN).toNanos();
                if (answer.epoch() != epoch && certain()) {
                    epoch = answer.epoch();
                    hearing.leads(epoch, answer.kept());
                }
            }
        }

        private void resign(long resigned) {
            current().filter(some -> some.epoch == resigned).ifPresent(some -> lead = null);
        }

        private boolean certain() {
            return simulation.nanos() < certainUntilNanos;
        }

        @Override
        public CompletableFuture<Void> save(Memberships memberships) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            boolean[] saved = new boolean[1];
            request(() -> saved[0] = SimulatedEtcd.this.save(this, memberships), () -> {
                if (saved[0]) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(new StoreException("another one leads"));
                }
            });
            return done;
        }

        @Override
        public boolean mayPublish(long asked) {
            return !rules.leadersAsk() || (asked == epoch && certain());
        }

        @Override
        public void close() {}
    }
}
