package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.link.Introduction;
import dev.gatehouse.link.Packet;

/**
 * Whose attachment it is: a session with one service. It is told what happens, on the event loop, and decides.
 */
public interface AttachmentOwner {
    /** The user's number. */
    long user();

    /** What nodes are told of the session, by contracts that tell. */
    Introduction introduction();

    /** A node could take the session, which waits for one. */
    void nodeThere();

    /** The session goes on waiting for the node that its service's ring names. */
    void stillWaiting(long now);

    /** The node has the session. */
    void accepted(Attachment attachment);

    /** The node takes no more packets, or does again. */
    void changed();

    /**
     * Takes a packet of the service, which is read during the call.
     *
     * @return whether the service may send another one; else {@link Attachment#taken} tells it later
     */
    boolean push(Packet packet);

    /** Takes a packet of a broadcast, which no credit holds back. */
    void pushBroadcast(Packet packet);

    /** The service ends the session. */
    void kicked();

    /** We failed at what the service sent. */
    void failed(RuntimeException cause);

    /** The service sent what makes no sense. */
    void nonsense(String what);

    /**
     * The node leaves: the session moves in order, if another node can take it.
     *
     * @return whether it does
     */
    boolean move(Attachment leaving);

    /** It ended as it was asked to. */
    void ended(Attachment attachment);

    /** The node is gone. */
    void lost(Attachment attachment);

    /** The node knows of a newer ring than the one that placed the session there. */
    void misplaced(Attachment attachment);

    /** The service doesn't take the gateway, which is no fault of the session. */
    void refused();

    /** The service ended it, for a reason of its own. */
    void closedByService(String why);
}
