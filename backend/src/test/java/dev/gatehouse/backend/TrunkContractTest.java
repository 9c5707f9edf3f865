package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.link.CloseCode;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.Hello;
import dev.gatehouse.link.Introduction;
import dev.gatehouse.link.TrunkContract;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the contract trunk's alone: hello, credit, broadcast, goodbye, and what is refused. */
@ParameterizedClass(name = "blocking {0}")
@ValueSource(booleans = {false, true})
class TrunkContractTest extends NodeFixture {
    private static final Introduction SOMEBODY = Introduction.of(7, "", Map.of());

    @Override
    TestLink.Speaks speaks() {
        return TestLink.Speaks.TRUNK;
    }

    private static TestTrunk trunk(TestLink link) {
        return link.trunk(TrunkContract.INITIAL_CREDIT);
    }

    @Test
    void saysHelloAndAnswersPings() {
        TestTrunk trunk = trunk(link(start(handler)));
        assertThat(trunk.hello).isCompletedWithValue(new Hello("game", 1, 1 << 20, 65_538, 65_536));
        trunk.write(batch -> batch.ping(99));
        eventually(() -> trunk.pong.get() == 99);
    }

    @Test
    void tellsWhoIsAttached() {
        link(start(handler)).attach(-42);
        eventually(() -> handler.opened.size() == 1);
        User user = handler.opened.getFirst();
        assertThat(user.id()).isEqualTo(-42);
        assertThat(user.remoteAddress()).isEqualTo("127.0.0.1:7");
        assertThat(user.attributes()).isEqualTo(Map.of("open_udid", "udid--42"));
    }

    @Test
    void sendsABroadcastOnceAnEventLoopOfAGateway() throws Exception {
        ServiceNode node = start(handler);
        TestLink link = link(node);
        List<TestAttachment> users = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            users.add(link.attach(i));
        }
        TestLink streams = new TestLink(node);
        open.addFirst(streams);
        TestAttachment onAStream = streams.attach(10).accepted();
        eventually(() -> handler.opened.size() == 11);

        node.broadcast(3000, Unpooled.copyInt(1));
        node.broadcast(List.of(node.user(3).orElseThrow(), node.user(10).orElseThrow()), 3001, Unpooled.copyInt(2));
        for (TestAttachment user : users) {
            assertThat(user.next().number()).isEqualTo(1);
        }
        assertThat(users.get(3).next().opcode()).isEqualTo(3001);
        assertThat(onAStream.next().number()).isEqualTo(1);
        assertThat(onAStream.next().number()).isEqualTo(2);
        TestTrunk trunk = trunk(link);
        assertThat(trunk.broadcasts).hasValue(2);
        assertThat(trunk.payloads).hasValue(0);
    }

    @Test
    void keepsBroadcastsInOrderWithPushesThatWait() throws Exception {
        ServiceNode node = start(handler);
        TestAttachment user = link(node).attachTakingNothing(42);
        eventually(() -> handler.opened.size() == 1);
        for (int i = 0; i < 100; i += 2) {
            handler.opened.getFirst().push(3000, new byte[] {0, 0, 0, (byte) i});
            node.broadcast(3000, Unpooled.copyInt(i + 1));
        }
        user.takeAll();
        for (int i = 0; i < 100; i++) {
            assertThat(user.next().number()).isEqualTo(i);
        }
    }

    @Test
    void sendsNoMoreThanItsCreditAndOnePacket() throws Exception {
        TestAttachment user = link(start(handler)).attachTakingNothing(42);
        eventually(() -> handler.opened.size() == 1);
        User there = handler.opened.getFirst();
        for (int i = 0; i < 10; i++) {
            assertThat(there.push(3000, new byte[1000])).isEqualTo(PushOutcome.DELIVERED);
        }
        TestTrunk trunk = trunk(link0());
        trunk.write(batch -> batch.credit(1, 1003));
        // The second one overdraws.
        eventually(() -> user.receivedCount() == 2);
        trunk.write(batch -> batch.ping(1));
        eventually(() -> trunk.pong.get() == 1);
        assertThat(user.receivedCount()).isEqualTo(2);
        trunk.write(batch -> batch.credit(1, 1002));
        eventually(() -> user.receivedCount() == 3);
    }

    private TestLink link0() {
        return (TestLink) open.getFirst();
    }

    @Test
    void holdsBackOnlyTheUserWhoseHandlerIsStuck() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        TestLink link = link(start((user, opcode, payload) -> {
            if (blocking && user.id() == 1 && released.getCount() > 0) {
                awaitQuietly(released);
            }
            user.push(1002, payload);
        }));
        TestAttachment stuck = link.attach(1);
        TestAttachment other = link.attach(2);
        for (int i = 0; i < 200; i++) {
            stuck.send(1001, new byte[2000]);
            other.send(1001, i);
        }
        for (int i = 0; i < 200; i++) {
            assertThat(other.next().number()).isEqualTo(i);
        }
        if (blocking) {
            // 64 KiB and one packet that overdraws.
            assertThat(stuck.isReady()).isFalse();
        }
        released.countDown();
        for (int i = 0; i < 200; i++) {
            assertThat(stuck.next().opcode()).isEqualTo(1002);
        }
    }

    @Test
    void saysGoodbyeServesOnAndRefusesNewcomersWhenItStops() throws Exception {
        ServiceNode node =
                open(builder(handler).handover(TestAttachment.PATIENCE).start());
        TestLink link = link(node);
        TestAttachment user = link.attach(42);
        eventually(() -> handler.opened.size() == 1);
        Thread stop = Thread.ofPlatform().start(() -> node.stop(TestAttachment.PATIENCE.multipliedBy(2)));

        TestTrunk trunk = trunk(link);
        eventually(() -> trunk.goaways.get() == 1);
        assertThat(link.attach(43).end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        user.send(1001, 8);
        assertThat(user.next().number()).isEqualTo(8);
        user.close();
        assertThat(user.end().getCode()).isEqualTo(Status.Code.OK);
        stop.join();
        assertThat(trunk.ended.join().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(handler.closed).hasSize(1);
    }

    @Test
    void endsTheCallAfterAHalfClose() throws Exception {
        TestLink link = link(start(handler));
        TestAttachment user = link.attach(42);
        user.send(1001, 8);
        trunk(link).halfClose();

        assertThat(user.next().number()).isEqualTo(8);
        assertThat(user.end().isOk()).isTrue();
        assertThat(trunk(link).ended.join().isOk()).isTrue();
        eventually(() -> handler.closed.size() == 1);
    }

    @Test
    void dropsWhatComesForNobodyAndSkipsWhatItDoesNotKnow() throws Exception {
        TestLink link = link(start(handler));
        TestAttachment user = link.attach(42);
        trunk(link).write(batch -> {
            batch.payload(99, 1001, Unpooled.EMPTY_BUFFER);
            batch.credit(99, 5);
            batch.close(99, CloseCode.NORMAL, "");
            batch.goaway();
            batch.hello(new Hello("again", 2, 0, 0, 0));
        });
        user.send(1001, 3);
        assertThat(user.next().number()).isEqualTo(3);
    }

    @Test
    void endsAnAttachmentWhoseGatewayMakesNoSense() {
        TestLink link = link(start(handler));
        TestAttachment opcodeless = link.attach(1);
        trunk(link).write(batch -> batch.payload(1, Unpooled.wrappedBuffer(new byte[1])));
        assertThat(opcodeless.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        TestAttachment tooLong = link.attach(2);
        trunk(link).write(batch -> batch.payload(2, Unpooled.wrappedBuffer(new byte[65_539])));
        assertThat(tooLong.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        TestAttachment greedy = link.attach(3);
        trunk(link).write(batch -> {
            // Within one batch, so that no credit is granted in between.
            for (int i = 0; i < 3; i++) {
                batch.payload(3, 1000, Unpooled.wrappedBuffer(new byte[65_000]));
            }
        });
        if (blocking) {
            assertThat(greedy.end().getDescription()).isEqualTo("more came than there was credit for");
        }
        eventually(() -> handler.closed.size() >= 2);
    }

    @Test
    void refusesCallsThatMakeNoSense() {
        ServiceNode node = start(handler);
        List<Consumer<TestTrunk>> mistakes =
                List.of(trunk -> trunk.write(batch -> batch.open(0, SOMEBODY, "game", 0, 0)), trunk -> {
                    trunk.write(batch -> batch.open(5, SOMEBODY, "game", 0, 0));
                    trunk.write(batch -> batch.open(5, SOMEBODY, "game", 0, 0));
                });
        for (Consumer<TestTrunk> mistake : mistakes) {
            TestTrunk trunk = trunk(link(node));
            mistake.accept(trunk);
            eventually(trunk.ended::isDone);
            assertThat(trunk.ended.join().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        TestTrunk speechless = new TestTrunk(link(node).channel(), new Metadata());
        speechless.write(batch -> batch.ping(1));
        eventually(speechless.ended::isDone);
        assertThat(speechless.ended.join().getDescription()).isEqualTo("the first entry is no hello");
        eventually(() -> node.users().isEmpty());
    }

    @Test
    void refusesCallsWithoutTheToken() {
        ServiceNode node = open(builder(handler).token("s3cret").start());
        TestLink link = link(node);
        for (String wrong : new String[] {"", "Bearer s3cre", "s3cret"}) {
            TestTrunk trunk = new TestTrunk(link.channel(), headers("1", wrong));
            eventually(trunk.ended::isDone);
            assertThat(trunk.ended.join().getCode()).as(wrong).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        TestTrunk right = new TestTrunk(link.channel(), headers("1", Gonet2Contract.bearer("s3cret")));
        eventually(right.hello::isDone);
    }

    @Test
    void refusesNewCallsOnceItStops() throws Exception {
        ServiceNode node =
                open(builder(handler).handover(Duration.ofMillis(100)).start());
        TestLink link = link(node);
        link.attach(1);
        eventually(() -> handler.opened.size() == 1);
        node.stop(Duration.ofSeconds(20));
        assertThat(trunk(link).ended.join().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(handler.closed).hasSize(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
