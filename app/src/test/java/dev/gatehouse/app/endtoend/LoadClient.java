package dev.gatehouse.app.endtoend;

import dev.gatehouse.client.ClientEnd;
import dev.gatehouse.client.GatewayClient;
import dev.gatehouse.client.PacketListener;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One client of the load, on the load's one event loop: sends 1001 in a closed loop, so many in flight, each with the client's
 * number and a counter, and checks that the answers come in order and none comes twice. A missing answer is seen by a later one;
 * when none comes at all for a while, it sends one packet more.
 */
final class LoadClient implements PacketListener {
    private static final int PING = 1001;
    private static final int PING_ACK = 1002;
    private static final int SAY = 1003;
    private static final int SAID = 1004;
    private static final long PROBE_NANOS = Duration.ofMillis(300).toNanos();
    /** From here on it matters whether the machine stood still meanwhile. */
    private static final long LONG_SILENCE_NANOS = Duration.ofMillis(100).toNanos();

    private final int number;
    private final int window;
    private final GatewayClient client;
    private final RunningTime time;
    private final ByteBuf payload = Unpooled.buffer(2 * Integer.BYTES, 2 * Integer.BYTES);

    private Optional<ClientEnd> end = Optional.empty();
    private boolean loggedIn;
    private boolean sending;
    private int sent;
    private int answered;
    private long received;
    private long gaps;
    private long disorders;
    private long foreign;
    private long answerNanos;
    private long probeNanos;
    private long silenceNanosMax;
    private final List<Silence> longSilences = new ArrayList<>();
    private final Set<Long> neighbours = new TreeSet<>();
    private long user;

    LoadClient(String address, int number, int window, EventLoops loops, RunningTime time) {
        this.number = number;
        this.window = window;
        this.time = time;
        client = GatewayClient.builder(address).listener(this).eventLoops(loops).build();
    }

    /** It was owed an answer and heard none, between two times of {@link System#nanoTime}. */
    private record Silence(long start, long end) {}

    /** Connects and logs in, and then sends. */
    void start(String userPrefix) {
        client.ended().thenAccept(e -> end = Optional.of(e));
        client.connect()
                .thenCompose(c -> c.login(LoginRequest.of(userPrefix + number)))
                .thenAccept(id -> {
                    user = id;
                    loggedIn = true;
                    resume();
                });
    }

    /** Sends no more. */
    void pause() {
        sending = false;
    }

    void resume() {
        sending = true;
        answerNanos = System.nanoTime();
        fill();
    }

    /** Has the node tell all its users that this one is there. */
    void callNeighbours() {
        neighbours.clear();
        client.send(SAY, payload.clear().writeLong(user));
    }

    /** The users that were heard since then: those of the same node. */
    Set<Long> neighbours() {
        return neighbours;
    }

    void close() {
        client.end();
    }

    private void fill() {
        while (sending && end.isEmpty() && sent - answered < window) {
            send();
        }
    }

    private void send() {
        sent++;
        payload.clear().writeInt(number).writeInt(sent);
        client.send(PING, payload);
    }

    @Override
    public void packet(GatewayClient from, int opcode, ByteBuf answer) {
        if (opcode == SAID && answer.readableBytes() == Long.BYTES) {
            neighbours.add(answer.readLong());
            return;
        }
        if (opcode != PING_ACK || answer.readableBytes() != 2 * Integer.BYTES || answer.readInt() != number) {
            foreign++;
            return;
        }
        int counter = answer.readInt();
        received++;
        if (counter <= answered || counter > sent) {
            disorders++;
            return;
        }
        gaps += counter - answered - 1;
        answered = counter;
        long now = System.nanoTime();
        silent(now);
        answerNanos = now;
        fill();
    }

    /** A few times a second: if nothing comes, what is in flight may be lost. */
    void tick(long now) {
        if (loggedIn && end.isEmpty() && sent > answered && now - Math.max(answerNanos, probeNanos) >= PROBE_NANOS) {
            silent(now);
            probeNanos = now;
            send();
        }
    }

    private void silent(long now) {
        silenceNanosMax = Math.max(silenceNanosMax, now - answerNanos);
        if (now - answerNanos >= LONG_SILENCE_NANOS) {
            longSilences.add(new Silence(answerNanos, now));
        }
    }

    /** Forgets how long it heard nothing until now, but for what goes on. */
    void measureAnew() {
        silenceNanosMax = 0;
        longSilences.clear();
    }

    private long runningSilenceNanosMax() {
        return longSilences.stream()
                .mapToLong(silence -> time.nanos(silence.start(), silence.end()))
                .max()
                .orElse(silenceNanosMax);
    }

    boolean loggedIn() {
        return loggedIn;
    }

    boolean ended() {
        return end.isPresent();
    }

    /** Whether the last packet was answered, or can't be any more: what is missing now will stay so. */
    boolean settled() {
        return ended() || (loggedIn && sent == answered);
    }

    /** Whether the gateway said that it stops, and closed in order. */
    boolean stoppedInOrder() {
        return end.filter(e -> e.reason().equals(Optional.of(EndReason.STOPPING))
                        && e.closeReason() == CloseReason.PEER_CLOSED)
                .isPresent();
    }

    LoadSummary summary() {
        return new LoadSummary(
                1,
                loggedIn && !ended() ? 1 : 0,
                ended() ? 1 : 0,
                stoppedInOrder() ? 1 : 0,
                settled() ? 0 : 1,
                sent,
                received,
                gaps,
                disorders,
                foreign,
                silenceNanosMax / 1_000_000,
                runningSilenceNanosMax() / 1_000_000);
    }
}
