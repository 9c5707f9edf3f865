package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.membership.MembershipEvent.Drained;
import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Left;
import dev.gatehouse.ring.membership.MembershipEvent.Lost;
import dev.gatehouse.ring.membership.MembershipEvent.Reported;
import dev.gatehouse.ring.membership.MembershipEvent.Started;
import dev.gatehouse.ring.membership.MembershipEvent.TimePassed;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small world around memberships: nodes of two services, two coordinators that take turns in leading over one store, messages that are lost, doubled
 * and overtake each other, watchers that get rings late. What happens next is a {@link Choice}; {@link MembershipRules} look on.
 */
final class World {
    private static final List<String> DB = List.of("db1", "db2", "db3", "db4");
    private static final List<String> GAME = List.of("game1", "game2");
    private static final List<String> IDS = IntStream.range(0, 6)
            .mapToObj(i -> i < 4 ? DB.get(i) : GAME.get(i - 4))
            .toList();

    /** What the world is made of; a fault replaces one. */
    record Parts(Machine machine, boolean storeCompares, boolean watchersCompare) {
        static final Parts TRUE = new Parts(Memberships::after, true, true);
    }

    /** A coordinator: what it takes for the state of things. */
    private static final class Coordinator {
        private final String name;
        private Memberships view = Memberships.NONE;
        private boolean leads;

        private Coordinator(String name) {
            this.name = name;
        }
    }

    /** Who is sent rings: the newest it has, and those under way. */
    private static final class Observer {
        private final List<RingSnapshot> underWay = new ArrayList<>();
        private RingSnapshot newest = Memberships.NONE.snapshot(MembershipSettings.DEFAULT);
    }

    /** Room for all members, but not for all that may move. */
    private static final int FEW_BYTES = 2_000;

    private final Choice choice;
    private final Parts parts;
    private final MembershipSettings settings;
    private final MembershipRules rules;
    private final List<Coordinator> coordinators = List.of(new Coordinator("a"), new Coordinator("b"));
    private final List<Observer> observers = List.of(new Observer(), new Observer());
    private final List<MembershipEvent> underWay = new ArrayList<>();
    private Memberships stored = Memberships.NONE;
    private long clockMillis;

    World(Choice choice, Parts parts) {
        this.choice = choice;
        this.parts = parts;
        RingSettings ring = new RingSettings(
                choice.oneOf(4) ? RingAlgorithm.STATHAT : RingAlgorithm.XXH64, 4, choice.oneOf(3) ? 10 : 0);
        boolean limited = choice.oneOf(4);
        settings = new MembershipSettings(
                ring,
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                5,
                10_000,
                limited ? FEW_BYTES : MembershipSettings.RING_BYTES_MAX);
        rules = new MembershipRules(settings);
    }

    /** So many things happen, then quiet comes and all must settle. */
    void run(int steps) {
        lead(coordinators.getFirst());
        for (int step = 0; step < steps; step++) {
            step();
        }
        settle();
    }

    private void step() {
        switch (choice.below(12)) {
            case 0, 1 -> underWay.add(new Joined(node(choice.of(IDS))));
            case 2 ->
                underWay.add(new Reported(
                        choice.of(IDS),
                        choice.of(List.of(NodeState.values())),
                        choice.below((int) stored.lastTransferId() + 2)));
            case 3 -> underWay.add(new Left(choice.of(IDS)));
            case 4 -> tell(choice.of(coordinators), new Lost(choice.of(IDS)));
            case 5 -> tell(choice.of(coordinators), new Drained(choice.of(IDS), choice.oneOf(2)));
            case 6 -> {
                clockMillis += choice.below(6) * 60_000L;
                tell(choice.of(coordinators), new TimePassed());
            }
            case 7 -> {
                if (choice.oneOf(4)) {
                    lead(choice.of(coordinators));
                }
            }
            case 8 -> observe(choice.of(observers));
            case 9 -> answer(choice.of(observers).newest);
            default -> deliver();
        }
    }

    private Node node(String id) {
        List<String> backups = choice.oneOf(2) ? List.of() : List.of(choice.of(IDS));
        String service = DB.contains(id) ? "db" : "game";
        int port = choice.oneOf(8) ? 7001 : 7000;
        return new Node(id, id, service, id, port, choice.oneOf(8) ? 2 : 1, backups);
    }

    /** A message arrives, or is lost, or arrives and will do so again; a later one may come first. */
    private void deliver() {
        if (!underWay.isEmpty()) {
            MembershipEvent event = choice.of(underWay);
            if (!choice.oneOf(8)) {
                underWay.remove(event);
            }
            if (!choice.oneOf(8)) {
                tell(choice.of(coordinators), event);
            }
        }
    }

    /** Whom a ring's transfers concern reports them done. */
    private void answer(RingSnapshot ring) {
        ring.pending().map(PendingTransfers::transfers).stream()
                .flatMap(List::stream)
                .flatMap(transfer -> IDS.stream().filter(transfer::concerns))
                .distinct()
                .forEach(id -> underWay.add(new Reported(
                        id, NodeState.NORMAL, ring.pending().orElseThrow().transferId())));
    }

    private void lead(Coordinator coordinator) {
        coordinator.view = stored;
        coordinator.leads = true;
        tell(coordinator, new Started(stored.version().epoch() + 1));
    }

    /** A coordinator that believes that it leads writes what comes of an event, and publishes it if the store let it. */
    private void tell(Coordinator coordinator, MembershipEvent event) {
        if (!coordinator.leads) {
            return;
        }
        Memberships next = parts.machine().after(coordinator.view, event, settings, clockMillis);
        if (parts.storeCompares() && !stored.version().equals(coordinator.view.version())) {
            coordinator.leads = false;
            return;
        }
        rules.check(stored, event, next, clockMillis);
        stored = next;
        coordinator.view = next;
        // It may stop between the two.
        if (!choice.oneOf(16)) {
            RingSnapshot ring = next.snapshot(settings);
            rules.published(coordinator.name, ring);
            observers.forEach(observer -> observer.underWay.add(ring));
        }
    }

    private void observe(Observer observer) {
        if (!observer.underWay.isEmpty()) {
            RingSnapshot next = observer.underWay.remove(choice.below(observer.underWay.size()));
            if (!parts.watchersCompare() || next.version().compareTo(observer.newest.version()) > 0) {
                rules.observed(observer.newest, next);
                observer.newest = next;
            }
        }
    }

    /** Messages arrive, nodes that are there answer at once, and time passes: nothing may be left undone. */
    private void settle() {
        Coordinator leader = coordinators.getLast();
        lead(leader);
        for (int round = 0; round < 8 * IDS.size(); round++) {
            for (Membership membership : stored.members()) {
                tell(leader, new Reported(membership.id(), NodeState.NORMAL, transferId()));
            }
            clockMillis += settings.removeAfter().toMillis() / 4;
            tell(leader, new TimePassed());
        }
        rules.settled(stored);
    }

    private long transferId() {
        return stored.pending().map(change -> change.moved().transferId()).orElse(0L);
    }
}
