package dev.gatehouse.cluster.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;

class MessageCodecFuzzTest {
    private static final int HEADER_BYTES = 12;

    /** Any bytes are a message, which says the same when it is written again, or they are refused with a sentence. */
    @FuzzTest
    void takesOrRefusesAnyBytes(byte[] frame) {
        if (frame.length < HEADER_BYTES) {
            return;
        }
        Message message;
        try {
            message = MessageCodec.decode(Unpooled.wrappedBuffer(frame));
        } catch (MalformedMessageException e) {
            assertThat(e.sentence()).isNotEmpty();
            return;
        }
        byte[] written = MessageCodec.encode(message);
        Message again = MessageCodec.decode(Unpooled.wrappedBuffer(written));
        assertThat(MessageCodec.encode(again)).isEqualTo(written);
    }
}
