package dev.gatehouse.bench.peer.mina;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.CumulativeProtocolDecoder;
import org.apache.mina.filter.codec.ProtocolDecoderOutput;
import org.apache.mina.filter.codec.ProtocolEncoderAdapter;
import org.apache.mina.filter.codec.ProtocolEncoderOutput;

/** Frames that end with a newline, as byte arrays; MINA's own codec for lines makes strings, which the others don't. */
final class LineCodec {
    private LineCodec() {}

    static final class Decoder extends CumulativeProtocolDecoder {
        @Override
        protected boolean doDecode(IoSession session, IoBuffer in, ProtocolDecoderOutput out) {
            int newline = in.indexOf((byte) '\n');
            if (newline < 0) {
                return false;
            }
            byte[] payload = new byte[newline - in.position()];
            in.get(payload).skip(1);
            out.write(payload);
            return true;
        }
    }

    static final class Encoder extends ProtocolEncoderAdapter {
        @Override
        public void encode(IoSession session, Object message, ProtocolEncoderOutput out) {
            byte[] payload = (byte[]) message;
            out.write(IoBuffer.allocate(payload.length + 1)
                    .put(payload)
                    .put((byte) '\n')
                    .flip());
        }
    }
}
