package dev.gatehouse.cluster.internal.participant;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** How a participant and a coordinator prove to each other that they know the secret, on one connection. On its event loop. */
final class Introduction {
    private final ClusterSecret secret;
    private final Participant participant;
    private final String nonce = Proof.newNonce();

    private String key = "";

    Introduction(ClusterSecret secret, Participant participant) {
        this.secret = secret;
        this.participant = participant;
    }

    /** What answers the verify key; empty if it is none. */
    Optional<Message.Verify> answer(ByteBuf payload) {
        key = payload.toString(US_ASCII);
        return Proof.isKey(key)
                ? Optional.of(
                        new Message.Verify(participant, nonce, Proof.ofParticipant(secret, key, nonce, participant)))
                : Optional.empty();
    }

    /** Whether whoever sent this knows the secret. */
    boolean proves(Message.Verified verified) {
        return Proof.same(Proof.ofCoordinator(secret, key, nonce), verified.proof());
    }
}
