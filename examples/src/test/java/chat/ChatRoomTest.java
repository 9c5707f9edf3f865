package chat;

import dev.gatehouse.net.Server;
import dev.gatehouse.testing.TestPeer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatRoomTest {
    private final Server server = ChatServer.start("127.0.0.1:0");
    private final List<TestPeer> peers = new ArrayList<>();

    @AfterEach
    void stop() {
        peers.forEach(TestPeer::close);
        server.close();
    }

    @Test
    void everybodyHearsWhatTheOthersSay() {
        TestPeer alice = member("alice");
        TestPeer bob = member("bob");
        alice.expectText("* bob has come\n");
        TestPeer carol = member("carol");
        // What two say comes in any order, unless everybody has heard the one before the other speaks.
        alice.expectText("* carol has come\n");
        bob.expectText("* carol has come\n");
        alice.sendText("hello\n");
        bob.expectText("alice: hello\n");
        carol.expectText("alice: hello\n");
        bob.sendText("hi\n");
        carol.expectText("bob: hi\n");
        alice.expectText("bob: hi\n");
    }

    @Test
    void asksAgainForANameThatIsTakenOrStrange() {
        member("alice");
        connect()
                .sendText("alice\n")
                .expectText("alice is here already. Your name?\n")
                .sendText("\n")
                .expectText("A name has 1 to 20 letters, digits, _ or -. Your name?\n")
                .sendText("bob\n")
                .expectText("Welcome, bob.");
    }

    @Test
    void whoLeavesMakesRoomForTheName() {
        TestPeer alice = member("alice");
        TestPeer bob = member("bob");
        alice.expectText("* bob has come\n").sendText("/who\n").expectText("alice bob\n");
        bob.sendText("/quit\n").expectEof();
        alice.expectText("* bob has gone\n");
        member("bob");
        alice.expectText("* bob has come\n");
    }

    @Test
    void whatCouldMoveAnotherTerminalIsBlanked() {
        TestPeer alice = member("alice");
        TestPeer bob = member("bob");
        bob.sendText("\u001b[2Jboo\n");
        alice.expectText("* bob has come\nbob:  [2Jboo\n");
    }

    @Test
    void tellsEverybodyWhenItCloses() {
        TestPeer alice = member("alice");
        Thread stop = Thread.ofVirtual().start(server::close);
        alice.expectText("* the room closes\n").expectEof().close();
        await(stop);
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestPeer connect() {
        TestPeer peer = TestPeer.connect(server.localAddress());
        peers.add(peer);
        return peer.expectText("Your name?\n");
    }

    private TestPeer member(String name) {
        return connect()
                .sendText(name + "\n")
                .expectText("Welcome, " + name + ". /who lists who is here, /quit leaves.\n");
    }
}
