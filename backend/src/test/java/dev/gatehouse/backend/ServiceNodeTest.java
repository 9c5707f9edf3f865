package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.PATIENCE;
import static dev.gatehouse.backend.TestAttachment.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.ConnectivityState;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node does the same way whether its handler may block or not. */
@ParameterizedClass(name = "blocking {0}")
@ValueSource(booleans = {false, true})
class ServiceNodeTest {

    @Parameter
    boolean blocking;

    private final RecordingHandler handler = new RecordingHandler();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void answersPacketsOfAllLengths() throws Exception {
        TestAttachment user = link(start(handler)).attach(42);
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 125, 126, 4093, 4094, 16380, 65533}) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            user.send(1001, payload);
            TestAttachment.Received answer = user.next();
            assertThat(answer.opcode()).isEqualTo(1002);
            assertThat(answer.payload()).isEqualTo(payload);
        }
    }

    @Test
    void acceptsAtOnceAndTellsTheHandler() {
        ServiceNode node = start(handler);
        link(node).attach(42).accepted();

        eventually(() -> handler.opened.size() == 1);
        User user = handler.opened.getFirst();
        assertThat(user.id()).isEqualTo(42);
        assertThat(user.node()).isSameAs(node);
        assertThat(node.user(42)).containsSame(user);
        assertThat(node.users()).containsExactly(user);
        assertThat(node.user(43)).isEmpty();
        user.state("the service's own");
        assertThat(user.state(String.class)).contains("the service's own");
        assertThat(user.state(Integer.class)).isEmpty();
    }

    @Test
    void keepsTheOrderOfManyPackets() throws Exception {
        TestAttachment user = link(start(handler)).attach(42);
        for (int i = 0; i < 20_000; i++) {
            user.send(1001, i);
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(user.next().number()).isEqualTo(i);
        }
    }

    @Test
    void pushesToAllUsersFromOneHandler() throws Exception {
        ServiceNode node = start(handler);
        List<TestAttachment> users = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            // A link of its own each, so that they live on different event loops.
            users.add(link(node).attach(i).accepted());
        }
        eventually(() -> node.users().size() == 8);
        users.get(3).send(1003, 77);
        for (TestAttachment user : users) {
            TestAttachment.Received push = user.next();
            assertThat(push.opcode()).isEqualTo(1004);
            assertThat(push.number()).isEqualTo(77);
        }
    }

    @Test
    void pushesFromManyThreadsInTheOrderOfEach() throws Exception {
        ServiceNode node = start(handler);
        TestAttachment attachment = link(node).attach(42).accepted();
        eventually(() -> node.user(42).isPresent());
        User user = node.user(42).orElseThrow();
        int threads = 8;
        int each = 2000;
        List<Thread> pushers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int opcode = 2000 + t;
            pushers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; ) {
                    if (user.push(opcode, new byte[] {0, 0, (byte) (i >>> 8), (byte) i}) == PushOutcome.DELIVERED) {
                        i++;
                    } else {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        int[] next = new int[threads];
        for (int i = 0; i < threads * each; i++) {
            TestAttachment.Received push = attachment.next();
            assertThat(push.number()).isEqualTo(next[push.opcode() - 2000]++);
        }
        for (Thread pusher : pushers) {
            pusher.join();
        }
        assertThat(attachment.receivedCount()).isZero();
    }

    @Test
    void saysWhenTheQueueIsFullAndDeliversTheRest() throws Exception {
        ServiceNode node = open(builder(handler).queuePacketsMax(100).start());
        TestAttachment attachment = link(node).attach(42, 0).accepted();
        eventually(() -> node.user(42).isPresent());
        User user = node.user(42).orElseThrow();
        int delivered = 0;
        while (user.push(3000, new byte[8192]) == PushOutcome.DELIVERED) {
            delivered++;
            assertThat(delivered)
                    .as("packets on the way to a gateway that takes none")
                    .isLessThan(10_000);
        }
        assertThat(user.push(3000, new byte[8192])).isEqualTo(PushOutcome.QUEUE_FULL);
        assertThat(delivered).isGreaterThanOrEqualTo(100);
        assertThat(user.kick()).isEqualTo(PushOutcome.DELIVERED);

        attachment.request(Integer.MAX_VALUE / 2);
        for (int i = 0; i < delivered; i++) {
            assertThat(attachment.next().opcode()).isEqualTo(3000);
        }
        assertThat(attachment.next().type()).isEqualTo(Frame.KICK);
        eventually(() -> user.push(3001, new byte[0]) == PushOutcome.DELIVERED);
        assertThat(attachment.next().opcode()).isEqualTo(3001);
    }

    @Test
    void holdsTheSenderBackInsteadOfDroppingAnswers() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        ServiceNode node = open(builder((user, opcode, payload) -> {
                    handled.incrementAndGet();
                    if (user.push(opcode, payload) != PushOutcome.DELIVERED) {
                        throw new IllegalStateException("an answer was dropped");
                    }
                })
                .queuePacketsMax(40)
                .start());
        TestAttachment attachment = link(node).attach(42, 0).accepted();
        int all = 600;
        for (int i = 0; i < all; i++) {
            attachment.send(i, new byte[60_000]);
        }
        // Nothing is taken until the node has come to a stand.
        AtomicInteger before = new AtomicInteger(-1);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> handled.get() > 0 && before.getAndSet(handled.get()) == handled.get());
        assertThat(handled).hasValueLessThan(all);

        attachment.request(Integer.MAX_VALUE / 2);
        for (int i = 0; i < all; i++) {
            assertThat(attachment.next().opcode()).isEqualTo(i);
        }
    }

    @Test
    void kicksOnce() throws Exception {
        TestAttachment attachment = link(start(new RecordingHandler() {
                    @Override
                    public void packet(User user, int opcode, ByteBuf payload) {
                        user.push(1002, payload);
                        user.kick();
                        user.kick();
                        user.push(1002, payload);
                    }
                }))
                .attach(42);
        attachment.send(1001, 7);

        assertThat(attachment.next().opcode()).isEqualTo(1002);
        assertThat(attachment.next()).satisfies(kick -> {
            assertThat(kick.type()).isEqualTo(Frame.KICK);
            assertThat(kick.message()).isEmpty();
        });
        assertThat(attachment.next().opcode()).isEqualTo(1002);
    }

    @Test
    void sendsPingsBack() throws Exception {
        TestAttachment user = link(start(handler)).attach(42);
        byte[] mark = {1, 2, 3};
        user.ping(mark);
        user.ping(new byte[0]);

        assertThat(user.next()).satisfies(pong -> {
            assertThat(pong.type()).isEqualTo(Frame.PING);
            assertThat(pong.message()).isEqualTo(mark);
        });
        assertThat(user.next().message()).isEmpty();
    }

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
        user.halfClose();
        for (int i = 0; i < 5000; i++) {
            assertThat(user.next().number()).isEqualTo(i);
        }
        assertThat(user.next().opcode()).isEqualTo(1005);
        assertThat(user.end().getCode()).isEqualTo(Status.Code.OK);
        assertThat(node.users()).isEmpty();
    }

    @Test
    void saysThatAUserIsGone() {
        ServiceNode node = start(handler);
        TestAttachment attachment = link(node).attach(42).accepted();
        eventually(() -> handler.opened.size() == 1);
        User user = handler.opened.getFirst();
        attachment.cancel();
        eventually(() -> handler.closed.size() == 1);

        assertThat(handler.closed).containsExactly(user);
        assertThat(user.push(1002, new byte[1])).isEqualTo(PushOutcome.USER_GONE);
        assertThat(user.kick()).isEqualTo(PushOutcome.USER_GONE);
        assertThat(node.user(42)).isEmpty();
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
        other.halfClose();
        assertThat(other.end().getCode()).isEqualTo(Status.Code.OK);
        assertThat(ended).containsExactly(1L, 2L);
    }

    @Test
    void givesTheNewestAttachmentOfAUser() {
        ServiceNode node = start(handler);
        TestAttachment first = link(node).attach(42).accepted();
        eventually(() -> handler.opened.size() == 1);
        TestAttachment second = link(node).attach(42).accepted();
        eventually(() -> handler.opened.size() == 2);

        assertThat(node.user(42)).containsSame(handler.opened.get(1));
        assertThat(node.users()).hasSize(1);
        first.halfClose();
        assertThat(first.end().isOk()).isTrue();
        assertThat(handler.closed).containsExactly(handler.opened.get(0));
        assertThat(node.user(42)).containsSame(handler.opened.get(1));
        second.halfClose();
        second.end();
        assertThat(node.user(42)).isEmpty();
    }

    @Test
    void refusesStreamsWithoutTheToken() throws Exception {
        ServiceNode node = open(builder(handler).token("s3cret").start());
        TestLink link = link(node);

        for (String wrong : new String[] {"", "Bearer", "Bearer s3cre", "Bearer s3cret!", "s3cret"}) {
            assertThat(link.attach(headers("42", wrong), 1).end().getCode())
                    .as(wrong)
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        assertThat(link.attach(42).end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(handler.opened).isEmpty();
        TestAttachment right = link.attach(headers("42", Gonet2Contract.bearer("s3cret")), 1);
        right.send(1001, 3);
        assertThat(right.next().number()).isEqualTo(3);
    }

    @Test
    void refusesStreamsWithoutAUserId() {
        TestLink link = link(start(handler));

        for (String wrong : new String[] {"", "x", "+1", "1 2", "0x1", "9223372036854775808", "99999999999999999999"}) {
            Status end = link.attach(headers(wrong, ""), 1).end();
            assertThat(end.getCode()).as(wrong).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(end.getDescription()).startsWith("the metadata userid is ");
        }
        assertThat(link.attach(new Metadata(), 1).end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(handler.opened).isEmpty();
        link.attach(headers("-5", ""), 1).accepted();
        eventually(() -> handler.opened.size() == 1);
        assertThat(handler.opened.getFirst().id()).isEqualTo(-5);
    }

    @Test
    void refusesFramesThatMakeNoSense() throws Exception {
        TestLink link = link(start(handler));
        TestAttachment kick = link.attach(1);
        kick.send(new OutboundFrame().kick());
        TestAttachment opcodeless = link.attach(2);
        opcodeless.send(new OutboundFrame().message(Unpooled.wrappedBuffer(new byte[1])));
        TestAttachment empty = link.attach(3);
        empty.send(new OutboundFrame());
        TestAttachment tooLong = link.attach(4);
        tooLong.send(1001, new byte[64 * 1024 + 1]);

        for (TestAttachment bad : List.of(kick, opcodeless, empty, tooLong)) {
            assertThat(bad.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        TestAttachment farTooLong = link.attach(5);
        farTooLong.send(1001, new byte[256 * 1024]);
        assertThat(farTooLong.end().isOk()).isFalse();
        eventually(() -> handler.closed.size() == 5);
    }

    @Test
    void refusesPushesOutOfRange() {
        start(handler);
        ServiceNode node = start(handler);
        link(node).attach(42).accepted();
        eventually(() -> node.user(42).isPresent());
        User user = node.user(42).orElseThrow();

        assertThatThrownBy(() -> user.push(32768, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("opcode: 32768 (expected: -32768..32767)");
        assertThatThrownBy(() -> user.push(1, new byte[65534]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload: 65534 bytes (expected: 0..65533)");
    }

    @Test
    void lendsThePayloadAndForgivesWhatAHandlerDoesWithIt() throws Exception {
        BlockingQueue<ByteBuf> kept = new LinkedBlockingQueue<>();
        TestAttachment user = link(start((from, opcode, payload) -> {
                    switch (opcode) {
                        case 1 -> kept.add(payload.retain());
                        case 2 -> payload.release();
                        case 3 -> payload.clear();
                        default -> from.push(opcode, payload);
                    }
                }))
                .attach(42);
        for (int opcode = 1; opcode <= 4; opcode++) {
            user.send(opcode, opcode);
        }
        assertThat(user.next().number()).isEqualTo(4);
        ByteBuf payload = kept.take();
        assertThat(payload.readInt()).isEqualTo(1);
        payload.release();
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
        user.halfClose();
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

    @Test
    void speaksTls() throws Exception {
        TestCertificate certificate = TestCertificate.make();
        ServiceNode node = open(builder(handler)
                .tls(certificate.certificate(), certificate.privateKey())
                .start());
        TestLink link = new TestLink(node, certificate.trusted());
        open.addFirst(link);
        TestAttachment user = link.attach(42);
        user.send(1001, 4);
        assertThat(user.next().number()).isEqualTo(4);
        assertThat(link(node).attach(43).end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    private static Metadata headers(String userId, String token) {
        Metadata headers = new Metadata();
        headers.put(Gonet2Contract.USER_ID, userId);
        headers.put(Gonet2Contract.TOKEN, token);
        return headers;
    }

    private ServiceNodeBuilder builder(PacketHandler packetHandler) {
        return ServiceNode.builder("game").blocking(blocking).eventLoops(2).handler(packetHandler);
    }

    private ServiceNode start(PacketHandler packetHandler) {
        return open(builder(packetHandler).start());
    }

    private ServiceNode open(ServiceNode node) {
        open.add(() -> node.stop(Duration.ofSeconds(2)));
        return node;
    }

    private TestLink link(ServiceNode node) {
        TestLink link = new TestLink(node);
        // Before the node, so that its stop has nothing to wait for.
        open.addFirst(link);
        return link;
    }
}
