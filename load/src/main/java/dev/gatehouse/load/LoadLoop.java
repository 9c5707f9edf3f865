package dev.gatehouse.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Some of a load's clients on one thread. A turn reads from every socket that is ready, then writes to those that have something to
 * send; a sweep looks at all deadlines a few times a second.
 *
 * <p>When the next message of an open loop is due within {@link #PRECISE_NANOS}, the thread doesn't sleep: a selector wakes up with
 * a millisecond's precision only, and messages have to go out on time. It takes a whole processor then.
 */
final class LoadLoop implements Runnable {
    private static final int BUFFER_BYTES_MIN = 256 << 10;
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long IDLE_SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PRECISE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long NANOS_A_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final LoadConfig config;
    private final Selector selector;
    private final Sockets sockets;
    private final Wires wires;
    private final Dialogues dialogues;
    private final Connector connector;
    private final ByteBuffer in;
    private final ByteBuffer out;
    private final LoadClient[] clients;
    private final ReadyClients ready = new ReadyClients();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private List<LoadConnection> marked = new ArrayList<>();
    private List<LoadConnection> sending = new ArrayList<>();
    private Counting counting;
    private Consumer<Counting> whenOver = done -> {};
    private @Nullable Window window;
    private long outstanding;
    private int settledClients;
    private long sweepNanos;
    private volatile boolean closing;
    private volatile LoadProgress progress = LoadProgress.NONE;

    /** A loop for every client whose number modulo the number of threads is {@code index}. */
    LoadLoop(LoadConfig config, int index) throws IOException {
        this.config = config;
        selector = Selector.open();
        sockets = new Sockets(config);
        wires = new Wires(config);
        dialogues = new Dialogues(config);
        int bytes = Math.max(BUFFER_BYTES_MIN, 4 * config.payloadBytesMax());
        in = ByteBuffer.allocate(bytes);
        out = ByteBuffer.allocate(bytes);
        long now = System.nanoTime();
        sweepNanos = now;
        counting = new Counting(new Counting.Slices(), now);
        connector = new Connector(config, now);
        clients = new LoadClient[(config.clients() - index + config.threads() - 1) / config.threads()];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new LoadClient(this, index + i * config.threads());
            connector.add(clients[i]);
        }
    }

    /** Completes when the thread has ended: in order, or with what broke it. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    LoadProgress progress() {
        return progress;
    }

    /** Runs a task in the next turn. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Closes all connections and ends the thread. */
    void close() {
        closing = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try (selector) {
            while (!closing) {
                turn();
            }
            for (LoadClient client : clients) {
                client.close();
            }
            ended.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            ended.completeExceptionally(e);
        }
    }

    private void turn() throws IOException {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        long now = System.nanoTime();
        connector.turn(now);
        if (now - sweepNanos >= 0) {
            sweep(now);
        }
        if (window != null) {
            turn(window, now);
        }
        send();
        long wait = waitNanos(System.nanoTime());
        if (wait <= 0) {
            selector.selectNow(LoadLoop::selected);
        } else {
            selector.select(LoadLoop::selected, (wait + NANOS_A_MILLI - 1) / NANOS_A_MILLI);
        }
        send();
    }

    private static void selected(SelectionKey key) {
        ((LoadConnection) key.attachment()).selected();
    }

    private void send() {
        List<LoadConnection> now = marked;
        marked = sending;
        sending = now;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).send();
        }
        now.clear();
    }

    private long waitNanos(long now) {
        long wait = Math.min(sweepNanos - now, connector.nextNanos(now));
        if (window == null) {
            return wait;
        }
        long next = window.waitNanos(now);
        return Math.min(wait, window.open() && window.openLoop() && next < PRECISE_NANOS ? 0 : next);
    }

    private void sweep(long now) {
        sweepNanos = now + (window == null && settledClients == clients.length ? IDLE_SWEEP_NANOS : SWEEP_NANOS);
        for (LoadClient client : clients) {
            client.sweep(now);
        }
        publish();
    }

    private void publish() {
        progress = new LoadProgress(
                ready.size(),
                settledClients,
                counting.answers(),
                counting.findings().faultCount());
    }

    private void turn(Window on, long now) {
        // First what came due while this thread was away: a late end must not hide it.
        while (on.dueAt(now) && on.take(1) > 0) {
            due(on.due());
        }
        if (on.spent(now)) {
            on.close(now, config.answerTimeout().toNanos());
        }
        counting.turn(now);
        if (on.drained(now, outstanding)) {
            end(on, now);
        }
    }

    private void due(long dueNanos) {
        LoadClient next = ready.nextWithRoom();
        if (next == null) {
            counting.notSent();
        } else {
            next.add(dueNanos);
        }
    }

    /** Opens a window for messages of this size. What was found since the last one belongs to it too. */
    void begin(Window opened, int payloadBytes, Counting fresh, Consumer<Counting> then) {
        dialogues.pattern().resize(payloadBytes);
        sweepNanos = System.nanoTime();
        fresh.findings().add(counting.findings());
        counting = fresh;
        window = opened;
        whenOver = then;
        for (LoadClient client : clients) {
            client.refill();
        }
    }

    /** Closes the window before its time. */
    void stopRun() {
        if (window != null) {
            window.close(System.nanoTime(), config.answerTimeout().toNanos());
        }
    }

    private void end(Window over, long now) {
        for (LoadClient client : clients) {
            client.giveUpAll(now);
        }
        window = null;
        Counting done = counting;
        done.over(over.closedNanos());
        counting = new Counting(new Counting.Slices(), now);
        publish();
        whenOver.accept(done);
    }

    LoadConfig config() {
        return config;
    }

    Selector selector() {
        return selector;
    }

    Sockets sockets() {
        return sockets;
    }

    Wires wires() {
        return wires;
    }

    Dialogues dialogues() {
        return dialogues;
    }

    Connector connector() {
        return connector;
    }

    /** What is being counted. */
    Counting counting() {
        return counting;
    }

    /** The buffer of what is read, for the length of a call. */
    ByteBuffer in() {
        return in;
    }

    /** The buffer of what is written, for the length of a call. */
    ByteBuffer out() {
        return out;
    }

    boolean windowOpen() {
        return window != null && window.open();
    }

    /** Whether messages count from when they are due; else from when they are sent. */
    boolean openLoop() {
        return window != null && window.openLoop();
    }

    /** How many messages a client keeps in flight now. */
    int inFlight() {
        return window == null ? 0 : window.inFlight();
    }

    /** Takes so many messages of those that may be sent, or those that are left. */
    int take(int wanted) {
        return window == null ? 0 : window.take(wanted);
    }

    void ready(LoadClient client) {
        ready.add(client);
        counting.connected();
    }

    void unready(LoadClient client) {
        ready.remove(client);
    }

    void firstSettled() {
        settledClients++;
    }

    /** So many messages are outstanding. */
    void added(int messages) {
        outstanding += messages;
    }

    /** So many messages aren't outstanding any more. */
    void settled(int messages) {
        outstanding -= messages;
    }

    /** Lets a connection send at the end of the turn. */
    void mark(LoadConnection connection) {
        marked.add(connection);
    }
}
