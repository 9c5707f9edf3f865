package dev.gatehouse.app.connect;

import dev.gatehouse.client.ClientEnd;
import dev.gatehouse.client.GatewayClient;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.Heartbeat;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A client's session with a gateway, driven by commands. Packets are written out as they come. One thread runs the commands; the
 * output is called on any.
 */
public final class Conversation implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<String> output;
    private final Inbox inbox = new Inbox();
    private final GatewayClient client;
    private final String certificate;
    /** Completes when whoever types knows that the session has ended. */
    private final CompletableFuture<Void> endTold;

    private int heartbeats;
    private boolean unsettled;
    private volatile boolean connected;
    private volatile boolean quitting;

    private Conversation(GatewayClient.Builder settings, String certificate, Consumer<String> output) {
        this.output = output;
        this.certificate = certificate;
        client = settings.listener(this::packet).build();
        endTold = client.ended().thenAccept(this::ended);
    }

    /**
     * Connects.
     *
     * @param certificate the {@code client_certificate} of logins
     * @param output hears lines for whoever types
     * @throws CommandException if it can't
     */
    public static Conversation connect(GatewayClient.Builder settings, String certificate, Consumer<String> output)
            throws InterruptedException {
        Conversation conversation = new Conversation(settings, certificate, output);
        answer(conversation.client.connect());
        conversation.connected = true;
        return conversation;
    }

    /** Completes when the session has ended. */
    public CompletableFuture<ClientEnd> end() {
        return client.ended();
    }

    /** Whether the gateway ended the session, or the connection did, and not we. */
    public boolean endedByGateway() {
        return client.ended().isDone() && !quitting;
    }

    /**
     * Carries out one command; an empty line and one that begins with {@code #} are none.
     *
     * @return whether to go on
     * @throws CommandException if it failed
     */
    public boolean run(String line) throws InterruptedException {
        String command = line.strip();
        if (command.isEmpty() || command.startsWith("#")) {
            return true;
        }
        List<String> words = Arrays.asList(command.split("\\s+", Verb.WORDS_MAX));
        Verb verb = Verb.of(words.getFirst().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new CommandException(words.getFirst() + ": unknown command; try help"));
        if (words.size() > verb.wordsMax()) {
            throw usage(verb);
        }
        switch (verb) {
            case LOGIN -> login(words);
            case SEND -> send(words);
            case WAIT -> await(words);
            case PING -> ping();
            case SLEEP ->
                TimeUnit.MILLISECONDS.sleep(seconds(argument(verb, words, 1)).toMillis());
            case HELP -> help().forEach(output);
            case QUIT -> {
                return false;
            }
        }
        return true;
    }

    /** Ends the session in order: what was sent goes out first. */
    @Override
    public void close() {
        quitting = !client.ended().isDone();
        client.close();
        if (!quitting) {
            endTold.join();
        }
    }

    private void login(List<String> words) throws InterruptedException {
        String user = words.size() > 1 ? words.get(1) : System.getProperty("user.name", "somebody");
        long id = answer(client.login(LoginRequest.of(user).withClientCertificate(certificate)));
        output.accept("logged in as user " + id);
    }

    /**
     * Waits until the gateway has taken all that was sent: it answers a heartbeat behind it.
     *
     * @throws CommandException if it didn't, or ended the session
     */
    public void settle() throws InterruptedException {
        if (unsettled && !heartbeat()) {
            throw new CommandException(
                    "the gateway didn't take all that was sent within " + ANSWER_TIMEOUT.toSeconds() + " s");
        }
        checkLives();
    }

    private void send(List<String> words) throws InterruptedException {
        int opcode = opcode(argument(Verb.SEND, words, 1));
        byte[] payload = words.size() > 2 ? Payload.parse(words.get(2)) : new byte[0];
        checkLives();
        try {
            unsettled = true;
            if (!client.send(opcode, payload)) {
                // What it sends may be more than this side should keep.
                settle();
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private void await(List<String> words) throws InterruptedException {
        int opcode = opcode(argument(Verb.WAIT, words, 1));
        Duration timeout = words.size() > 2 ? seconds(words.get(2)) : ANSWER_TIMEOUT;
        if (inbox.take(packet -> packet.opcode() == opcode, timeout).isEmpty()) {
            checkLives();
            throw new CommandException("no packet " + opcode + " came within " + timeout.toMillis() / 1000.0 + " s");
        }
    }

    private void ping() throws InterruptedException {
        long start = System.nanoTime();
        if (!heartbeat()) {
            throw new CommandException("no answer to the heartbeat");
        }
        output.accept(String.format(Locale.ROOT, "answered in %.3f ms", (System.nanoTime() - start) / 1e6));
    }

    /** Whether the gateway answered a heartbeat, and so has taken all that was sent before. */
    private boolean heartbeat() throws InterruptedException {
        int id = ++heartbeats;
        checkLives();
        ByteBuf payload = Unpooled.buffer();
        new Heartbeat(id).write(payload);
        client.send(Gonet2.HEART_BEAT_REQ, payload);
        boolean answered = inbox.take(
                        packet -> packet.opcode() == Gonet2.HEART_BEAT_ACK
                                && Heartbeat.read(Unpooled.wrappedBuffer(packet.payload()))
                                                .id()
                                        == id,
                        ANSWER_TIMEOUT)
                .isPresent();
        if (answered) {
            unsettled = false;
        } else {
            checkLives();
        }
        return answered;
    }

    /** The commands, a line each. */
    public static List<String> help() {
        return Arrays.stream(Verb.values())
                .map(verb -> String.format(Locale.ROOT, "  %-44s %s", verb.usage(), verb.meaning()))
                .toList();
    }

    private void packet(GatewayClient from, int opcode, ByteBuf payload) {
        Received packet = new Received(opcode, ByteBufUtil.getBytes(payload));
        inbox.add(packet);
        if (opcode != Gonet2.HEART_BEAT_ACK) {
            String name = Gonet2.OPCODE_NAMES.getOrDefault(opcode, "");
            output.accept("<- " + opcode + (name.isEmpty() ? "" : " " + name) + ", " + packet.payload().length
                    + " bytes: " + Payload.show(packet.payload()));
        }
    }

    private void ended(ClientEnd end) {
        if (connected && !quitting) {
            output.accept("session ended: " + end.message());
        }
        inbox.close();
    }

    private void checkLives() {
        if (client.ended().isDone()) {
            throw new CommandException(client.ended().join().message());
        }
    }

    private static <T> T answer(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CommandException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new CommandException("no answer in time", e);
        }
    }

    private static String argument(Verb verb, List<String> words, int index) {
        if (words.size() <= index) {
            throw usage(verb);
        }
        return words.get(index);
    }

    private static CommandException usage(Verb verb) {
        return new CommandException("usage: " + verb.usage());
    }

    private static int opcode(String text) {
        if (!text.matches("-?[0-9]{1,5}") || Integer.parseInt(text) != (short) Integer.parseInt(text)) {
            throw new CommandException("opcode: " + text + " (expected: a number of -32768..32767)");
        }
        return Integer.parseInt(text);
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{1,5}(\\.[0-9]{1,3})?")) {
            throw new CommandException("seconds: " + text + " (expected: a number such as 2 or 0.5)");
        }
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }
}
