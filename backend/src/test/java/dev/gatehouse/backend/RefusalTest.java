package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node refuses: streams, frames, and a peer without TLS. */
class RefusalTest extends NodeContract {

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
}
