package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the contract gonet2's alone: pings, refused streams and frames; and a peer without TLS. */
@ParameterizedClass(name = "blocking {0}")
@ValueSource(booleans = {false, true})
class StreamContractTest extends NodeFixture {

    @Test
    void refusesStreamsWithoutTheToken() throws Exception {
        ServiceNode node = open(builder(handler).token("s3cret").start());
        TestLink link = link(node);

        for (String wrong : new String[] {"", "Bearer", "Bearer s3cre", "Bearer s3cret!", "s3cret"}) {
            assertThat(link.attach(headers("42", wrong), 1).end().getCode())
                    .as(wrong)
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        assertThat(link.attachStream(42).end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
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
        StreamTestAttachment kick = link.attachStream(1);
        kick.send(new OutboundFrame().kick());
        StreamTestAttachment opcodeless = link.attachStream(2);
        opcodeless.send(new OutboundFrame().message(Unpooled.wrappedBuffer(new byte[1])));
        StreamTestAttachment empty = link.attachStream(3);
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
    void sendsPingsBack() throws Exception {
        StreamTestAttachment user = link(start(handler)).attachStream(42);
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
    void speaksTls() throws Exception {
        TestCertificate certificate = TestCertificate.make();
        ServiceNode node = open(builder(handler)
                .tls(certificate.certificate(), certificate.privateKey())
                .start());
        TestLink link = new TestLink(node, TestLink.Speaks.GONET2, certificate.trusted());
        open.addFirst(link);
        TestAttachment user = link.attachStream(42);
        user.send(1001, 4);
        assertThat(user.next().number()).isEqualTo(4);
        assertThat(link(node).attach(43).end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
}
