package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.PATIENCE;
import static dev.gatehouse.backend.TestAttachment.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ConnectivityState;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** How a node, and one attachment, end. */
class NodeStopTest extends NodeContract {

    @Test
    void answersEverythingBeforeAHalfClose() throws Exception {
        ServiceNode node = start(new RecordingHandler() {
            @Override
            public void closed(User user) {
                user.push(1005, new byte[0]);
                super.closed(user);
            }
        });
        TestAttachment user = link(node).attach(42);
        for (int i = 0; i < 5000; i++) {
            user.send(1001, i);
        }
        user.close();
        for (int i = 0; i < 5000; i++) {
            assertThat(user.next().number()).isEqualTo(i);
        }
        assertThat(user.next().opcode()).isEqualTo(1005);
        assertThat(user.end().getCode()).isEqualTo(Status.Code.OK);
        assertThat(node.users()).isEmpty();
    }

    @Test
    void endsOnlyTheUserWhoseHandlerThrows() throws Exception {
        TestLink link = link(start(handler));
        TestAttachment bad = link.attach(1);
        TestAttachment good = link.attach(2);
        bad.send(1001, 5);
        bad.send(1666, 5);
        bad.send(1001, 6);

        assertThat(bad.next().number()).isEqualTo(5);
        Status end = bad.end();
        assertThat(end.getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(end.getDescription()).isEqualTo("the handler failed");
        assertThat(bad.receivedCount()).isZero();
        eventually(() -> handler.closed.size() == 1);
        good.send(1001, 9);
        assertThat(good.next().number()).isEqualTo(9);
    }

    @Test
    void endsAUserWhoseOpeningFailsAndSurvivesAFailingEnd() {
        BlockingQueue<Long> ended = new LinkedBlockingQueue<>();
        TestLink link = link(start(new PacketHandler() {
            @Override
            public void opened(User user) {
                if (user.id() == 1) {
                    throw new IllegalStateException("the test's opening fails");
                }
            }

            @Override
            public void packet(User user, int opcode, ByteBuf payload) {}

            @Override
            public void closed(User user) {
                ended.add(user.id());
                throw new IllegalStateException("the test's end fails");
            }
        }));
        assertThat(link.attach(1).end().getCode()).isEqualTo(Status.Code.INTERNAL);
        TestAttachment other = link.attach(2);
        other.close();
        assertThat(other.end().getCode()).isEqualTo(Status.Code.OK);
        assertThat(ended).containsExactly(1L, 2L);
    }

    @Test
    void stopsWithGoodbyeAndServesUntilTheGatewayHasMoved() throws Exception {
        ServiceNode node = open(builder(handler).handover(PATIENCE).start());
        TestLink link = link(node);
        TestAttachment user = link.attach(42).accepted();
        Thread stop = Thread.ofPlatform().start(() -> node.stop(PATIENCE.multipliedBy(2)));

        // The channel leaves the state READY when the GOAWAY has come.
        eventually(() -> link.channel().getState(false) != ConnectivityState.READY);
        user.send(1001, 8);
        assertThat(user.next().number()).isEqualTo(8);
        user.close();
        assertThat(user.end().getCode()).isEqualTo(Status.Code.OK);
        stop.join();
        node.awaitStopped();
        assertThat(handler.closed).hasSize(1);
    }

    @Test
    void stopFlushesAndEndsWhatIsLeft() throws Exception {
        ServiceNode node = open(builder(new RecordingHandler() {
                    @Override
                    public void closed(User user) {
                        user.push(1005, new byte[0]);
                        super.closed(user);
                    }
                })
                .handover(Duration.ZERO)
                .start());
        List<TestAttachment> users = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            users.add(link(node).attach(i).accepted());
        }
        eventually(() -> node.users().size() == 10);
        node.users().forEach(user -> user.push(1004, new byte[1000]));
        node.stop(PATIENCE);

        for (TestAttachment user : users) {
            assertThat(user.next().opcode()).isEqualTo(1004);
            assertThat(user.next().opcode()).isEqualTo(1005);
            assertThat(user.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
        assertThat(node.users()).isEmpty();
        node.stop(Duration.ZERO);
    }
}
