package dev.gatehouse.gateway.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

final class StreamAttachmentTest {
    @Test
    void takesABrokenTransportForALostNodeWhateverCodeItHas() {
        assertThat(StreamAttachment.nodeGone(Status.UNAVAILABLE)).isTrue();
        assertThat(StreamAttachment.nodeGone(Status.UNAVAILABLE.withCause(new IOException())))
                .isTrue();
        assertThat(StreamAttachment.nodeGone(Status.UNKNOWN.withCause(new ClosedChannelException())))
                .isTrue();
        assertThat(StreamAttachment.nodeGone(Status.INTERNAL.withCause(new IOException())))
                .isTrue();
    }

    @Test
    void takesAnyOtherEndForTheServicesOwn() {
        assertThat(StreamAttachment.nodeGone(Status.OK)).isFalse();
        assertThat(StreamAttachment.nodeGone(Status.UNKNOWN)).isFalse();
        assertThat(StreamAttachment.nodeGone(Status.INTERNAL.withDescription("the handler failed")))
                .isFalse();
        assertThat(StreamAttachment.nodeGone(Status.CANCELLED.withCause(new IllegalStateException())))
                .isFalse();
    }
}
