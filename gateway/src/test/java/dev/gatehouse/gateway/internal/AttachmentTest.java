package dev.gatehouse.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

final class AttachmentTest {
    @Test
    void takesABrokenTransportForALostNodeWhateverCodeItHas() {
        assertThat(Attachment.nodeGone(Status.UNAVAILABLE)).isTrue();
        assertThat(Attachment.nodeGone(Status.UNAVAILABLE.withCause(new IOException())))
                .isTrue();
        assertThat(Attachment.nodeGone(Status.UNKNOWN.withCause(new ClosedChannelException())))
                .isTrue();
        assertThat(Attachment.nodeGone(Status.INTERNAL.withCause(new IOException())))
                .isTrue();
    }

    @Test
    void takesAnyOtherEndForTheServicesOwn() {
        assertThat(Attachment.nodeGone(Status.OK)).isFalse();
        assertThat(Attachment.nodeGone(Status.UNKNOWN)).isFalse();
        assertThat(Attachment.nodeGone(Status.INTERNAL.withDescription("the handler failed")))
                .isFalse();
        assertThat(Attachment.nodeGone(Status.CANCELLED.withCause(new IllegalStateException())))
                .isFalse();
    }
}
