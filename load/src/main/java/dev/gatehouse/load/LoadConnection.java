package dev.gatehouse.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection of a client, from connect to end. On its loop's thread; what fails ends it through its client. */
final class LoadConnection {
    private enum State {
        CONNECTING,
        SECURING,
        OPENING,
        READY
    }

    private static final byte[] NOTHING = {};

    private final LoadLoop loop;
    private final LoadClient client;
    private final SelectionKey key;
    private final Wire wire;
    private final Dialogue dialogue;
    private final AnswerCheck check;
    private final Outstanding outstanding;
    private State state = State.CONNECTING;
    private byte[] rest = NOTHING;
    private int restLength;
    private boolean paused;
    private boolean marked;
    private long sentNanos;

    LoadConnection(LoadLoop loop, LoadClient client, SocketChannel channel) throws IOException {
        this.loop = loop;
        this.client = client;
        key = channel.register(loop.selector(), SelectionKey.OP_CONNECT, this);
        wire = loop.wires().open(channel);
        dialogue = loop.dialogues().open(client.number());
        check = new AnswerCheck(loop, client.number(), !client.stalls());
        outstanding = check.outstanding();
    }

    AnswerCheck check() {
        return check;
    }

    Outstanding outstanding() {
        return outstanding;
    }

    boolean ready() {
        return state == State.READY;
    }

    /** When something was sent last. */
    long sentNanos() {
        return sentNanos;
    }

    /** The transport is connected. */
    void connected() throws IOException {
        state = State.SECURING;
        interest();
        wire.begin();
        greetIfSecure();
    }

    private void greetIfSecure() throws IOException {
        if (state == State.SECURING && wire.ready()) {
            state = State.OPENING;
            ByteBuffer out = loop.out().clear();
            dialogue.greet(out);
            write(out);
            readyIfSo();
        }
    }

    private void readyIfSo() {
        if (state == State.OPENING && dialogue.ready()) {
            state = State.READY;
            sentNanos = System.nanoTime();
            client.ready(sentNanos);
        }
    }

    /** The socket has something to say. */
    void selected() {
        if (!key.isValid()) {
            return;
        }
        try {
            if (key.isConnectable()) {
                wire.channel().finishConnect();
                connected();
                return;
            }
            if (key.isWritable() && wire.flush()) {
                interest();
                markIfDue();
            }
            if (key.isReadable()) {
                receive();
            }
        } catch (IOException e) {
            client.broken(e);
        }
    }

    private void receive() throws IOException {
        ByteBuffer in = loop.in().clear().put(rest, 0, restLength);
        int got = wire.read(in);
        check.now(System.nanoTime());
        in.flip();
        loop.counting().bytesReceived(in.remaining() - restLength);
        restLength = 0;
        greetIfSecure();
        ByteBuffer out = loop.out().clear();
        try {
            dialogue.receive(in, out, check);
        } finally {
            check.count();
        }
        keep(in);
        write(out);
        readyIfSo();
        if (got < 0) {
            throw new EndException(Reasons.CLOSED);
        }
        client.received();
    }

    private void keep(ByteBuffer in) {
        restLength = in.remaining();
        if (rest.length < restLength) {
            rest = new byte[restLength];
        }
        in.get(rest, 0, restLength);
    }

    /** A message of an open loop comes due: it goes out at the end of the turn. */
    void add(long dueNanos) {
        outstanding.add(dueNanos);
        loop.added(1);
        markIfDue();
    }

    /** So many messages of a closed loop come due. */
    void addUntimed(int count) {
        while (outstanding.span() + count > Outstanding.MAX) {
            check.giveUpOldest("as many later ones were sent as can be in flight");
        }
        outstanding.addUntimed(count);
        loop.added(count);
        markIfDue();
    }

    private void markIfDue() {
        if (!marked && outstanding.unsent() > 0 && wire.idle()) {
            marked = true;
            loop.mark(this);
        }
    }

    /** Sends what is due, as far as the socket takes it. */
    void send() {
        marked = false;
        try {
            while (outstanding.unsent() > 0 && wire.idle() && key.isValid()) {
                ByteBuffer out = loop.out().clear();
                requests(out);
                write(out);
            }
        } catch (IOException e) {
            client.broken(e);
        }
    }

    private void requests(ByteBuffer out) {
        sentNanos = System.nanoTime();
        int count = Math.min(out.remaining() / dialogue.requestBytes(), outstanding.unsent());
        dialogue.request(out, outstanding.sent(), count);
        if (loop.openLoop()) {
            for (int i = 0; i < count; i++) {
                loop.counting().late(sentNanos - outstanding.send());
            }
        } else {
            outstanding.send(count, sentNanos);
        }
        loop.counting().sent(count);
    }

    private void write(ByteBuffer out) throws IOException {
        out.flip();
        if (out.hasRemaining()) {
            loop.counting().bytesSent(out.remaining());
            wire.write(out);
            if (!wire.idle()) {
                interest();
            }
        }
    }

    /** Says that it is still there, where the dialogue needs that. */
    void keepAlive(long now) throws IOException {
        if (wire.idle()) {
            sentNanos = now;
            ByteBuffer out = loop.out().clear();
            dialogue.keepAlive(out);
            write(out);
        }
    }

    /** Stops reading, or goes on. */
    void pause(boolean pause) {
        if (paused != pause) {
            paused = pause;
            interest();
        }
    }

    private void interest() {
        key.interestOps((paused ? 0 : SelectionKey.OP_READ) | (wire.idle() ? 0 : SelectionKey.OP_WRITE));
    }

    /** Closes it; an orderly end where nothing is outstanding. */
    void close() {
        wire.end();
        try {
            wire.channel().close();
        } catch (IOException e) {
            // There is nothing left to close.
        }
    }
}
