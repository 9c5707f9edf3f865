package dev.gatehouse.cluster;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.participant.CoordinatorLink;
import dev.gatehouse.cluster.internal.participant.LinkEvents;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives orders to the coordinator that leads, and sees what comes of them. Methods wait; any thread that may. */
public final class Operator implements AutoCloseable {
    private static final String ID = "operator";

    private final Duration timeout;
    private final CoordinatorLink link;
    private final CompletableFuture<RingSnapshot> first = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<Message.Done>> orders = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    private volatile String lastFailure = "no answer";

    private Operator(ClusterAccess access, Duration timeout) {
        this.timeout = timeout;
        link = new CoordinatorLink(
                access,
                Participant.operator(ID),
                new Events(access.coordinators().size()));
    }

    /**
     * Connects to the coordinator that leads, and waits for its rings.
     *
     * @param timeout how long this and every order may take
     * @throws ClusterException if there is none
     */
    public static Operator connect(ClusterAccess access, Duration timeout) {
        Operator operator = new Operator(access, timeout);
        operator.link.start();
        try {
            operator.await(operator.first);
            return operator;
        } catch (ClusterException e) {
            operator.close();
            throw e;
        }
    }

    /** The rings that came last. */
    public RingSnapshot rings() {
        return link.rings().orElseGet(first::join);
    }

    /**
     * Drains a node, so that its keys go to others, or ends that. Returns once the coordinator has accepted; the rings tell what comes of it.
     *
     * @throws ClusterException if it refuses, or doesn't answer
     */
    public void drain(String id, boolean draining) {
        int number = numbers.incrementAndGet();
        CompletableFuture<Message.Done> answer = new CompletableFuture<>();
        orders.put(number, answer);
        link.send(new Message.Drain(number, id, draining));
        Message.Done done = await(answer);
        if (!done.ok()) {
            throw new ClusterException(done.text());
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ClusterException(lastFailure);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ClusterException why ? why : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted");
        }
    }

    private final class Events implements LinkEvents {
        private final int attemptsMax;
        private int attempts;

        /** @param attemptsMax so many are made before the first rings */
        private Events(int attemptsMax) {
            this.attemptsMax = attemptsMax;
        }

        @Override
        public void verified(String coordinator, Message.Verified verified) {}

        @Override
        public void rings(RingSnapshot rings) {
            first.complete(rings);
        }

        @Override
        public void done(Message.Done done) {
            CompletableFuture<Message.Done> answer = orders.remove(done.number());
            if (answer != null) {
                answer.complete(done);
            }
        }

        @Override
        public void disconnected(String why, Duration wait) {
            lastFailure = why;
            // One may have named another as the leader.
            if (++attempts > attemptsMax) {
                first.completeExceptionally(new ClusterException(why));
            }
            orders.values().forEach(answer -> answer.completeExceptionally(new ClusterException(why)));
        }
    }
}
