package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.cluster.CoordinatorStatistics;
import dev.gatehouse.cluster.ErrorCode;
import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.cluster.internal.message.Role;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.ring.membership.Membership;
import dev.gatehouse.ring.membership.MembershipEvent;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a coordinator: who may talk to it, who counts as alive, what becomes of what they say. PROTOCOLS.md, section 3. It knows no
 * sockets; everything happens on one thread, the loop: connections and messages come as calls, and time as {@link #tick}, which must be called
 * every {@link #TICK} at least.
 */
final class Coordination {
    /** How often {@link #tick} is called. */
    static final Duration TICK = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Coordination.class);

    private final CoordinatorConfig config;
    private final ClusterSecret secret;
    private final Store store;
    private final LoopClock clock;
    private final Counters counters = new Counters();
    private final RefusalLog refusals;
    private final Visits visits;
    private final Contests contests;
    private final Absences absences;
    private final Rings rings;
    private final Nodes nodes;

    private Optional<String> leader = Optional.empty();

    /** @param loop runs tasks on the loop */
    Coordination(CoordinatorConfig config, ClusterSecret secret, Store store, LoopClock clock, Executor loop) {
        this.config = config;
        this.secret = secret;
        this.store = store;
        this.clock = clock;
        refusals = new RefusalLog(LOG::info, clock);
        visits = new Visits();
        contests = new Contests(clock, config.contestTime());
        absences = new Absences(clock, config.returnTime());
        rings = new Rings(
                store,
                task -> loop.execute(() -> inTurn(task)),
                clock,
                config.membership(),
                counters,
                config.ringsPerSecondMax(),
                this::published);
        nodes = new Nodes(rings, absences, counters);
    }

    /** This coordinator leads from now on. */
    void lead(long epoch, Memberships kept) {
        turn();
        leader = Optional.empty();
        rings.lead(epoch, kept);
        absences.graceFor(rings.memberships().members().stream()
                .filter(known -> known.member().state() != NodeState.DOWN)
                .map(Membership::id)
                .toList());
        LOG.info("leading in epoch {}, known members: {}", epoch, kept.members().size());
        rings.advance();
    }

    /** Another coordinator leads, or nobody does. */
    void follow(Optional<String> leader) {
        turn();
        stepDown(leader);
    }

    /** A connection comes, and will be shown this verify key. */
    Visit expect(Peer peer, String key) {
        turn();
        Heartbeat heartbeat = new Heartbeat(peer, clock, config.pingInterval().toNanos(), config.missesAllowed());
        return new Visit(peer, key, clock.now(), heartbeat);
    }

    /** The connection is there, and knows its key. */
    void opened(Visit visit) {
        turn();
        counters.opened.increment();
        visits.add(visit);
        if (visits.unverified() > config.unverifiedMax()) {
            refuse(visit, ErrorCode.FULL, "too many connections that haven't proved themselves; try again");
        }
    }

    /** A message came on a connection. */
    void received(Visit visit, Message message) {
        turn();
        if (visit.stage == Visit.Stage.CLOSED) {
            return;
        }
        if (visit.count(clock.now(), Duration.ofSeconds(1).toNanos()) > config.messagesPerSecondMax()) {
            refuse(visit, ErrorCode.TOO_FAST, "more than " + config.messagesPerSecondMax() + " messages a second");
        } else if (visit.stage == Visit.Stage.VERIFIED) {
            handle(visit, message);
        } else if (visits.overdue(visit, clock, config.verifyTimeout())) {
            late(visit);
        } else if (visit.stage == Visit.Stage.UNVERIFIED && message instanceof Message.Verify verify) {
            verify(visit, verify);
        } else {
            refuse(visit, ErrorCode.BAD_MESSAGE, "not expected before VERIFIED");
        }
        rings.advance();
    }

    /** What came on a connection is no message. */
    void malformed(Visit visit, String sentence) {
        turn();
        refuse(visit, ErrorCode.BAD_MESSAGE, sentence);
        rings.advance();
    }

    /** A connection has ended. */
    void closed(Visit visit) {
        turn();
        leave(visit, config.suspectTime());
        rings.advance();
    }

    /** Time passes. */
    void tick() {
        turn();
        visits.overdue(clock, config.verifyTimeout()).forEach(this::late);
        for (Visit visit : visits.verified()) {
            boolean excused = !visit.verifiedAs(Role.NODE) && !visit.peer.writable();
            if (visit.heartbeat.beat(excused)) {
                silent(visit);
            }
        }
        settle(contests.due(visits.verified()));
        nodes.expire();
        refusals.turn();
        rings.advance();
    }

    /** Closes all connections; nothing is published any more. */
    void stop() {
        rings.follow();
        visits.all().forEach(visit -> end(visit, failure(ErrorCode.STOPPING, "the coordinator stops")));
    }

    /** What there is now and what was counted; connections that were turned away never came here. */
    CoordinatorStatistics statistics(long turnedAway) {
        turn();
        return counters.picture(rings, visits, turnedAway, leader, store.trouble());
    }

    private void inTurn(Runnable task) {
        turn();
        task.run();
    }

    private void stepDown(Optional<String> leader) {
        this.leader = leader;
        rings.follow();
        absences.clear();
        visits.verified().forEach(visit -> end(visit, notLeader()));
        LOG.info("not leading; {}", leader.map(address -> address + " does").orElse("nobody known does"));
    }

    /** Begins every call. After a pause nobody is to blame for what he couldn't tell us, and another coordinator may lead. */
    private void turn() {
        boolean paused = clock.read();
        if (rings.overtaken()) {
            stepDown(Optional.empty());
        }
        if (paused) {
            counters.pauses.increment();
            LOG.warn("the coordinator has paused; known nodes have {} to return", config.returnTime());
            absences.graceAfterPause(visits.verified());
        }
    }

    private void verify(Visit visit, Message.Verify verify) {
        Participant participant = verify.participant();
        String expected = Proof.ofParticipant(secret, visit.key, verify.nonce(), participant);
        if (!Proof.same(expected, verify.proof())) {
            refuse(visit, ErrorCode.BAD_PROOF, "the proof is wrong: another secret, or made for another connection");
            return;
        }
        visit.proved(participant, verify.nonce());
        if (!rings.leading()) {
            end(visit, notLeader());
            return;
        }
        Optional<Visit> incumbent = visits.namesake(visit);
        if (incumbent.isEmpty()) {
            admit(visit, false);
        } else if (incumbent.get().contest().isPresent()) {
            refuse(visit, ErrorCode.ID_IN_USE, "the id is connected, and contested already");
        } else {
            visit.stage = Visit.Stage.CONTENDING;
            incumbent.get().contest(visit, clock.now());
        }
    }

    /** @param replaces whether it takes the place of another connection of its id */
    private void admit(Visit visit, boolean replaces) {
        if (visits.verifiedCount() >= config.connectionsMax()) {
            refuse(visit, ErrorCode.FULL, "the coordinator has " + config.connectionsMax() + " connections");
            return;
        }
        Participant participant = visit.participant();
        Optional<MembershipEvent.Joined> joined = participant.node().map(MembershipEvent.Joined::new);
        Optional<String> objection = joined.flatMap(rings::objection);
        if (objection.isPresent()) {
            refuse(visit, ErrorCode.REFUSED, objection.get());
            return;
        }
        visits.admit(visit);
        counters.verified.increment();
        LOG.info("{} verified, slot {}", visit, visit.slot);
        visit.peer.trust();
        visit.peer.send(new Message.Verified(
                visit.slot,
                config.pingInterval().toMillis(),
                config.missesAllowed(),
                config.silence().toMillis(),
                Proof.ofCoordinator(secret, visit.key, visit.nonce)));
        joined.ifPresent(rings::apply);
        rings.message().ifPresent(visit.peer::publish);
        if (joined.isPresent()) {
            absences.end(visit, replaces);
        }
    }

    private void handle(Visit visit, Message message) {
        switch (message) {
            case Message.Ping(int number) -> visit.peer.send(new Message.Pong(number));
            case Message.Pong(int number) -> {
                visit.heartbeat.pong(number);
                settle(contests.answered(visit));
            }
            case Message.State state when visit.verifiedAs(Role.NODE) -> nodes.reports(visit, state);
            case Message.Leave() when visit.verifiedAs(Role.NODE) -> nodes.leaves(visit);
            case Message.Drain drain when visit.verifiedAs(Role.OPERATOR) -> visit.peer.send(drain(visit, drain));
            default ->
                refuse(
                        visit,
                        ErrorCode.BAD_MESSAGE,
                        "not expected from a " + visit.participant().role().text());
        }
    }

    private Message.Done drain(Visit visit, Message.Drain order) {
        MembershipEvent event = new MembershipEvent.Drained(order.id(), order.draining());
        Optional<String> objection = rings.objection(event);
        if (objection.isPresent()) {
            return new Message.Done(order.number(), false, objection.get());
        }
        LOG.info("{} {} node {}", visit, order.draining() ? "drains" : "resumes", order.id());
        rings.apply(event);
        return new Message.Done(order.number(), true, "accepted");
    }

    /** Ends contests: the older connection has answered, or it hasn't in time. */
    private void settle(List<Contests.Outcome> outcomes) {
        for (Contests.Outcome outcome : outcomes) {
            Visit challenger = outcome.challenger();
            outcome.incumbent().endContest();
            if (outcome.incumbentLives()) {
                refuse(challenger, ErrorCode.ID_IN_USE, "the id is connected, and answers");
            } else {
                replace(outcome.incumbent(), challenger);
            }
        }
    }

    /** The node itself is still there: nothing of it is lost. */
    private void replace(Visit incumbent, Visit challenger) {
        boolean node = incumbent.verifiedAs(Role.NODE);
        visits.remove(incumbent);
        counters.error(ErrorCode.REPLACED);
        LOG.info("{} replaced by connection {}", incumbent, challenger.peer.id());
        incumbent.peer.close(failure(ErrorCode.REPLACED, "a newer connection of this id has taken its place"));
        if (challenger.stage == Visit.Stage.CONTENDING) {
            admit(challenger, true);
        }
        if (node && !challenger.verifiedAs(Role.NODE)) {
            nodes.absent(incumbent, config.suspectTime());
        }
    }

    private void silent(Visit visit) {
        counters.error(ErrorCode.SILENT);
        LOG.warn("{} has left {} pings unanswered", visit, config.missesAllowed());
        Message.Failure failure = failure(ErrorCode.SILENT, config.missesAllowed() + " pings without an answer");
        leave(visit, Duration.ZERO);
        visit.peer.close(failure);
    }

    private void late(Visit visit) {
        refuse(
                visit,
                ErrorCode.VERIFY_TIMEOUT,
                "no valid VERIFY within " + config.verifyTimeout().toMillis() + " ms");
    }

    private void refuse(Visit visit, ErrorCode code, String sentence) {
        if (visit.stage != Visit.Stage.CLOSED) {
            counters.error(code);
            refusals.log(visit, code, sentence);
            end(visit, failure(code, sentence));
        }
    }

    private void end(Visit visit, Message.Failure failure) {
        leave(visit, config.suspectTime());
        visit.peer.close(failure);
    }

    /** Takes a connection off; what that means for its node is seen after {@code patience}. */
    private void leave(Visit visit, Duration patience) {
        boolean node = visit.verifiedAs(Role.NODE);
        Optional<Visit.Contest> contest = visit.contest();
        contests.withdraw(visit, visits.verified());
        visits.remove(visit);
        if (node) {
            nodes.absent(visit, patience);
        }
        contest.map(Visit.Contest::challenger)
                .filter(challenger -> challenger.stage == Visit.Stage.CONTENDING)
                .ifPresent(this::proceed);
    }

    /** The older connection of its id is gone. */
    private void proceed(Visit challenger) {
        if (rings.leading()) {
            admit(challenger, false);
        } else {
            end(challenger, notLeader());
        }
    }

    /** Tells everybody; nodes that have left have heard the last of it. */
    private void published(RingSnapshot snapshot) {
        byte[] message = rings.message().orElseThrow();
        for (Visit visit : visits.verified()) {
            visit.peer.publish(message);
            if (visit.leaving && snapshot.member(visit.participant().id()).isEmpty()) {
                visits.remove(visit);
                visit.peer.close();
            }
        }
    }

    private Message.Failure notLeader() {
        String sentence = leader.isPresent() ? "another coordinator leads" : "no coordinator is known to lead now";
        return new Message.Failure(ErrorCode.NOT_LEADER.name(), sentence, leader.orElse(""));
    }

    private static Message.Failure failure(ErrorCode code, String sentence) {
        return new Message.Failure(code.name(), sentence, "");
    }
}
