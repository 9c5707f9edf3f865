package dev.gatehouse.cluster.internal.participant;

import dev.gatehouse.cluster.ErrorCode;
import dev.gatehouse.cluster.internal.message.MalformedMessageException;
import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.Framing;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection to a coordinator. On its event loop. */
final class LinkHandler implements ConnectionHandler {
    private static final Framing UNVERIFIED = Framing.typed(MessageCodec.UNVERIFIED_BODY_BYTES_MAX);
    private static final Framing VERIFIED = Framing.typed(MessageCodec.BODY_BYTES_MAX);
    private static final int SENTENCE_MAX = 300;

    private final CoordinatorLink link;
    private final Introduction introduction;
    private final Silence introductionTime;

    private boolean introduced;
    private @Nullable Silence silence;
    private long pingNanos;
    private long pingIntervalNanos;
    private int pings;
    private Optional<String> why = Optional.empty();
    private Optional<String> leader = Optional.empty();

    LinkHandler(CoordinatorLink link, Introduction introduction, Duration verifyTimeout, long nowNanos) {
        this.link = link;
        this.introduction = introduction;
        introductionTime = new Silence(verifyTimeout, nowNanos);
    }

    /** Whether the coordinator has proved itself. */
    boolean verified() {
        return silence != null;
    }

    @Override
    public void opened(Connection connection) {
        link.opened(connection);
    }

    @Override
    public void message(Connection connection, ByteBuf payload) {
        if (silence != null) {
            silence.heard(connection.nanos());
        }
        if (!introduced) {
            introduce(connection, payload);
            return;
        }
        try {
            handle(connection, MessageCodec.decode(payload));
        } catch (MalformedMessageException e) {
            end(connection, "the coordinator sent what is no message: " + e.sentence());
        }
    }

    private void introduce(Connection connection, ByteBuf key) {
        introduced = true;
        Optional<Message.Verify> verify = introduction.answer(key);
        if (verify.isPresent()) {
            connection.framing(UNVERIFIED);
            connection.send(MessageCodec.encode(verify.get()));
        } else {
            end(connection, "it sent no verify key: it is no coordinator");
        }
    }

    private void handle(Connection connection, Message message) {
        switch (message) {
            case Message.Failure failure -> failed(connection, failure);
            case Message.Verified verified when !verified() -> verified(connection, verified);
            case Message.Ping(int number)
            when verified() -> connection.send(MessageCodec.encode(new Message.Pong(number)));
            case Message.Pong pong when verified() -> {}
            case Message.Ring(var rings) when verified() -> rings(connection, rings);
            case Message.Done done when verified() -> link.done(done);
            default -> end(connection, "the coordinator sent what wasn't expected");
        }
    }

    private void verified(Connection connection, Message.Verified verified) {
        if (!introduction.proves(verified)) {
            end(connection, "the coordinator can't prove that it knows the secret");
            return;
        }
        connection.framing(VERIFIED);
        silence = new Silence(Duration.ofMillis(verified.silenceMillis()), connection.nanos());
        pingIntervalNanos = Duration.ofMillis(verified.pingIntervalMillis()).toNanos();
        pingNanos = connection.nanos();
        link.verified(verified);
    }

    /** Epochs only grow: whoever goes back has lost what it kept, and nobody would use its rings. */
    private void rings(Connection connection, RingSnapshot rings) {
        long epoch = rings.version().epoch();
        long known =
                link.rings().map(RingSnapshot::version).orElse(RingVersion.NONE).epoch();
        if (epoch < known) {
            end(
                    connection,
                    "the coordinator leads in epoch " + epoch + ", but epoch " + known
                            + " was there: it has lost what it"
                            + " kept (expected: a start with --new-epoch N, with an N above " + known + ")");
        } else {
            link.rings(rings);
        }
    }

    private void failed(Connection connection, Message.Failure failure) {
        if (failure.code().equals(ErrorCode.NOT_LEADER.name())
                && !failure.leader().isEmpty()) {
            leader = Optional.of(printable(failure.leader()));
        }
        end(connection, printable(failure.code() + ": " + failure.text()));
    }

    @Override
    public void tick(Connection connection, long nanos) {
        if (silence == null) {
            if (introductionTime.tooLong(nanos)) {
                end(connection, "it didn't prove itself in time");
            }
        } else if (silence.tooLong(nanos)) {
            end(connection, "the coordinator is silent");
        } else if (nanos - pingNanos >= pingIntervalNanos) {
            pingNanos = nanos;
            connection.send(MessageCodec.encode(new Message.Ping(++pings)));
        }
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
        link.ended(this, why.orElse("the connection ended: " + reason), leader);
    }

    private void end(Connection connection, String sentence) {
        if (why.isEmpty()) {
            why = Optional.of(sentence);
        }
        connection.close();
    }

    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > SENTENCE_MAX ? line.substring(0, SENTENCE_MAX) : line;
    }
}
