package dev.gatehouse.cluster;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.participant.CoordinatorLink;
import dev.gatehouse.cluster.internal.participant.LinkEvents;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the program that embeds it a node of a service: it joins the service's ring, reports what it is in, gets the rings, and returns whenever the
 * connection to its coordinator ends. Any thread.
 *
 * <p>A service whose nodes move no data needs no more than that: the agent reports its transfers as done at once. One that moves data says so
 * ({@link Builder#movesData}), looks at {@link RingSnapshot#pending()} of the rings that it gets, and reports {@link NodeState#NORMAL} with the
 * transfers' number when its part is done.
 *
 * <pre>{@code
 * NodeAgent agent = NodeAgent.builder(access, Node.of("game1", "game", "10.0.0.7", 7001)).start();
 * }</pre>
 */
public final class NodeAgent implements AutoCloseable {
    private final Node node;
    private final boolean movesData;
    private final ClusterListener listener;
    private final CoordinatorLink link;
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    // On the link's event loop.
    private NodeState state;
    private long transferId;
    private boolean leaving;

    private NodeAgent(Builder builder) {
        node = builder.node;
        movesData = builder.movesData;
        listener = builder.listener;
        state = builder.movesData ? NodeState.PREPARING : NodeState.NORMAL;
        link = new CoordinatorLink(builder.access, Participant.of(node), new Events());
    }

    /** An agent for this node. */
    public static Builder builder(ClusterAccess access, Node node) {
        return new Builder(access, node);
    }

    /** Who it is. */
    public Node node() {
        return node;
    }

    /** The rings that came last; empty before the first. */
    public Optional<RingSnapshot> rings() {
        return link.rings();
    }

    /** Whether it is connected to a coordinator. */
    public boolean connected() {
        return link.verified();
    }

    /**
     * Reports what the node is in, now and after every reconnect.
     *
     * @param transferId the transfers that this is about, which is said again as long as the rings tell of them; 0 for none
     */
    public void report(NodeState state, long transferId) {
        link.onLoop(() -> {
            this.state = state;
            this.transferId = transferId;
            link.send(new Message.State(state, transferId));
        });
    }

    /**
     * Leaves as planned: the node serves on until the ring without it is there, and then isn't connected any more.
     *
     * @param timeout how long to wait for that
     * @return whether that came in time; if not, the node is still a member, and counts as down once the agent is closed
     */
    public boolean leave(Duration timeout) throws InterruptedException {
        link.onLoop(() -> {
            leaving = true;
            link.send(new Message.Leave());
        });
        try {
            left.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the connection, without leaving: the node has a moment to return, then it counts as down. */
    @Override
    public void close() {
        link.close();
    }

    /** A number that the rings don't tell of is over; after a new epoch without members another change may have it. */
    private void forgetTransfers(RingSnapshot rings) {
        if (rings.pending()
                .filter(pending -> pending.transferId() == transferId)
                .isEmpty()) {
            transferId = 0;
        }
    }

    /** Reports transfers of this node as done, where there is no data to move. */
    private void reportTransfers(RingSnapshot rings) {
        Optional<PendingTransfers> concerned = rings.pending()
                .filter(pending -> pending.transfers().stream().anyMatch(transfer -> transfer.concerns(node.id())));
        concerned
                .filter(pending -> !movesData && pending.transferId() != transferId)
                .ifPresent(pending -> report(NodeState.NORMAL, pending.transferId()));
    }

    private final class Events implements LinkEvents {
        private boolean member;

        @Override
        public void verified(String coordinator, Message.Verified verified) {
            link.send(new Message.State(state, transferId));
            if (leaving) {
                link.send(new Message.Leave());
            }
            listener.connected(coordinator, verified.assignedId());
        }

        @Override
        public void rings(RingSnapshot rings) {
            boolean wasMember = member;
            member = rings.member(node.id()).isPresent();
            if (leaving && wasMember && !member) {
                link.retire();
                left.complete(null);
            }
            forgetTransfers(rings);
            reportTransfers(rings);
            listener.rings(rings);
        }

        @Override
        public void disconnected(String why, Duration wait) {
            listener.disconnected(why, wait);
        }
    }

    /** Settings of a {@link NodeAgent}. */
    public static final class Builder {
        private final ClusterAccess access;
        private final Node node;
        private boolean movesData;
        private ClusterListener listener = new ClusterListener() {};

        private Builder(ClusterAccess access, Node node) {
            this.access = access;
            this.node = node;
        }

        /** The node moves data in transfers, and reports them itself; it begins as {@link NodeState#PREPARING}. By default it doesn't. */
        public Builder movesData(boolean movesData) {
            this.movesData = movesData;
            return this;
        }

        /** Who hears of rings and connections. */
        public Builder listener(ClusterListener listener) {
            this.listener = listener;
            return this;
        }

        /** Starts it; returns at once, whether a coordinator is there or not. */
        public NodeAgent start() {
            NodeAgent agent = new NodeAgent(this);
            agent.link.start();
            return agent;
        }
    }
}
