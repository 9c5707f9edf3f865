package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.ring.membership.MembershipEvent;
import dev.gatehouse.ring.snapshot.NodeState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nodes say of themselves, and what it means for their memberships that they are gone. On the loop. */
final class Nodes {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

    private final Rings rings;
    private final Absences absences;
    private final Counters counters;

    Nodes(Rings rings, Absences absences, Counters counters) {
        this.rings = rings;
        this.absences = absences;
        this.counters = counters;
    }

    /** A node says what it is in. If it was down until now, by its own word, it returns. */
    void reports(Visit visit, Message.State report) {
        String id = visit.participant().id();
        if (report.state() != NodeState.DOWN && !visit.leaving && isDown(id)) {
            LOG.info("{} returns", visit);
            visit.participant().node().map(MembershipEvent.Joined::new).ifPresent(rings::apply);
        }
        rings.apply(new MembershipEvent.Reported(id, report.state(), report.transferId()));
    }

    /** Whoever was down for long is no member any more. */
    private boolean isDown(String id) {
        return rings.memberships()
                .member(id)
                .filter(known -> known.member().state() != NodeState.DOWN)
                .isEmpty();
    }

    /** A node leaves as planned. */
    void leaves(Visit visit) {
        MembershipEvent event = new MembershipEvent.Left(visit.participant().id());
        visit.leaving = true;
        rings.objection(event)
                .ifPresentOrElse(
                        sentence -> LOG.warn("{} leaves, but goes on owning until it is gone: {}", visit, sentence),
                        () -> LOG.info("{} leaves", visit));
        rings.apply(event);
    }

    /** A node's connection is gone; what that means is seen after {@code patience}, or at once if it has said LEAVE. */
    void absent(Visit visit, Duration patience) {
        if (rings.leading()
                && rings.memberships().member(visit.participant().id()).isPresent()) {
            absences.begin(visit, visit.leaving ? Duration.ZERO : patience);
            expire();
        }
    }

    /** Those that haven't returned in time are down. */
    void expire() {
        absences.expire(this::lost);
    }

    private void lost(String id) {
        counters.lost.increment();
        LOG.warn("node {} is down", id);
        rings.apply(new MembershipEvent.Lost(id));
    }
}
