package dev.gatehouse.backend;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * One process of a service: listens for the gateway's links, contracts {@code trunk} and {@code gonet2} (PROTOCOLS.md sections 5 and 4), and gives the
 * packets of each attached user to a {@link PacketHandler}.
 *
 * <pre>{@code
 * try (ServiceNode node = ServiceNode.builder("game")
 *         .listen("127.0.0.1:7000")
 *         .handler((user, opcode, payload) -> user.push(opcode + 1, payload))
 *         .start()) {
 *     node.awaitStopped();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread, but for {@link #stop}, {@link #close} and {@link #awaitStopped}, which wait and so
 * can't be called from a handler on an event loop.
 */
public interface ServiceNode extends AutoCloseable {

    /** Starts to describe a node of a service, whose name is 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
    static ServiceNodeBuilder builder(String service) {
        return new ServiceNodeBuilder(service);
    }

    /** The name of the service. */
    String service();

    /** Where the node listens, with the port that the system picked if the configured one was 0. */
    InetSocketAddress address();

    /**
     * The users that are attached now, each id once with its newest attachment: a view that may be iterated at any time and shows
     * users that come and go meanwhile or doesn't.
     */
    Collection<User> users();

    /** The newest attachment of a user, if there is one. */
    Optional<User> user(long id);

    /**
     * Sends a packet to all users, as {@link #broadcast(Collection, int, ByteBuf)}.
     *
     * @throws IllegalArgumentException if the opcode or the payload is out of range
     */
    void broadcast(int opcode, ByteBuf payload);

    /**
     * Sends a packet to users of this node: over the contract {@code trunk} once for each event loop of a gateway, however many
     * users it has there; over {@code gonet2} once for each user. It stands in order with what the same thread pushes. A client that
     * is slow gets it as the policy of its route says; under {@code wait} a client whose queue is full is closed. Any thread.
     *
     * @param payload as in {@link User#push(int, ByteBuf)}
     * @throws IllegalArgumentException if the opcode or the payload is out of range
     */
    void broadcast(Collection<? extends User> users, int opcode, ByteBuf payload);

    /**
     * Tells the node which ring of its service it knows: from now on it refuses sessions that were placed by an older one, so that their gateway
     * waits for the newer ring. Rings are ordered by epoch, then by version; an older one than was told before is passed over. Sessions that no
     * ring has placed are taken, and so is everybody over the contract {@code gonet2}, which doesn't name the ring. Until the first call none
     * is refused.
     *
     * @param epoch 1 or more
     * @param version 0 or more
     * @throws IllegalArgumentException if there is no such ring
     */
    void ringVersion(long epoch, long version);

    /** How many sessions the node has refused since its start, because a ring older than the one it knows had placed them. */
    long misplaced();

    /**
     * Stops the node and waits for it: says goodbye to the gateways, which then move their sessions elsewhere, and takes no new users;
     * serves on for the handover part of the grace period ({@link ServiceNodeBuilder#handover}); then flushes what was pushed
     * and ends each attachment that is left with UNAVAILABLE. After the grace period it ends what still runs. {@link
     * PacketHandler#closed} is called for each user. A second call waits for the first.
     *
     * @throws IllegalStateException on an event loop of the node
     */
    void stop(Duration grace);

    /** Waits until the node has stopped. */
    void awaitStopped() throws InterruptedException;

    /** Stops with a grace period of 10 s, see {@link #stop}. */
    @Override
    void close();
}
