package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.ring.membership.MembershipEvent;
import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From memberships to published rings: what changes is first kept by the store, one save at a time, and then published, so many rings a second
 * at most. What changes meanwhile goes into the next one. On the loop.
 */
final class Rings {
    private static final Logger LOG = LoggerFactory.getLogger(Rings.class);
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Store store;
    private final Executor loop;
    private final LoopClock clock;
    private final MembershipSettings settings;
    private final Counters counters;
    private final long intervalNanos;
    private final Consumer<RingSnapshot> audience;
    private final ChangeLog changes = new ChangeLog(LOG::warn);

    private Memberships memberships = Memberships.NONE;
    private Memberships kept = Memberships.NONE;
    private Optional<RingSnapshot> published = Optional.empty();
    private byte[] message = {};
    private boolean leading;
    private boolean saving;
    private boolean failing;
    private long publishedNanos;
    private long retryNanos;

    /** @param audience is told of each ring once it is published */
    Rings(
            Store store,
            Executor loop,
            LoopClock clock,
            MembershipSettings settings,
            Counters counters,
            int perSecondMax,
            Consumer<RingSnapshot> audience) {
        this.store = store;
        this.loop = loop;
        this.clock = clock;
        this.settings = settings.withRingBytesMax(Math.min(settings.ringBytesMax(), store.ringBytesMax()));
        this.counters = counters;
        this.audience = audience;
        intervalNanos = Duration.ofSeconds(1).toNanos() / perSecondMax;
        publishedNanos = clock.now() - intervalNanos;
        retryNanos = clock.now();
    }

    /** Begins an epoch, in which this coordinator leads. */
    void lead(long epoch, Memberships from) {
        kept = from;
        memberships = from;
        published = Optional.empty();
        leading = true;
        failing = false;
        apply(new MembershipEvent.Started(epoch));
    }

    /** Whether another coordinator may lead by now, though nobody has told us yet. */
    boolean overtaken() {
        return leading && !store.mayPublish(memberships.version().epoch());
    }

    /** Publishes nothing any more. */
    void follow() {
        leading = false;
        published = Optional.empty();
    }

    boolean leading() {
        return leading;
    }

    Memberships memberships() {
        return memberships;
    }

    /** Why this can't happen, in a sentence. */
    Optional<String> objection(MembershipEvent event) {
        return memberships.objection(event, settings);
    }

    void apply(MembershipEvent event) {
        Memberships before = memberships;
        memberships = before.after(event, settings, clock.millis());
        changes.changed(before, event, memberships);
    }

    /** The message RING of what was published last in this epoch. */
    Optional<byte[]> message() {
        return published.map(rings -> message);
    }

    /** What was published last in this epoch. */
    Optional<RingSnapshot> published() {
        return published;
    }

    /** Does what is due: deadlines of memberships, and the next save. */
    void advance() {
        if (!leading) {
            return;
        }
        long millis = clock.millis();
        if (memberships.deadlineMillis(settings).orElse(Long.MAX_VALUE) <= millis) {
            apply(new MembershipEvent.TimePassed());
        }
        if (!saving && changed() && clock.reached(retryNanos) && mayPublish()) {
            save(memberships);
        }
    }

    /** Memberships to which nothing has happened are the same object. */
    @SuppressWarnings("ReferenceEquality")
    private boolean changed() {
        return memberships != kept;
    }

    private boolean mayPublish() {
        return !unpublished(memberships) || clock.reached(publishedNanos + intervalNanos);
    }

    private boolean unpublished(Memberships some) {
        return published()
                .map(rings -> some.version().compareTo(rings.version()) > 0)
                .orElse(true);
    }

    private void save(Memberships next) {
        saving = true;
        var unused = store.save(next).whenComplete((done, failure) -> loop.execute(() -> saved(next, failure)));
    }

    private void saved(Memberships next, @Nullable Throwable failure) {
        saving = false;
        if (!leading || next.version().epoch() != memberships.version().epoch()) {
            // Of a lead that is over.
            return;
        }
        if (failure != null) {
            notSaved(failure);
            return;
        }
        kept = next;
        if (failing) {
            failing = false;
            LOG.info("rings can be kept again");
        }
        if (unpublished(next)) {
            publish(next);
        }
    }

    private void notSaved(Throwable failure) {
        counters.saveFailures.increment();
        retryNanos = clock.now() + RETRY_NANOS;
        if (!failing) {
            failing = true;
            LOG.error("rings aren't published, because they can't be kept: {}; tried each second", sentence(failure));
        }
    }

    private void publish(Memberships next) {
        RingSnapshot fresh = next.snapshot(settings);
        RingSnapshot rings = published.map(fresh::reusing).orElse(fresh);
        message = MessageCodec.encode(new Message.Ring(rings));
        publishedNanos = clock.now();
        counters.published.increment();
        published = Optional.of(rings);
        audience.accept(rings);
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }
}
