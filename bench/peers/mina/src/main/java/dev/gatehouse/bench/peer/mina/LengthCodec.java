package dev.gatehouse.bench.peer.mina;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.CumulativeProtocolDecoder;
import org.apache.mina.filter.codec.ProtocolDecoderOutput;
import org.apache.mina.filter.codec.ProtocolEncoderAdapter;
import org.apache.mina.filter.codec.ProtocolEncoderOutput;

/** Frames of a u16 length and so many bytes, as byte arrays. */
final class LengthCodec {
    private LengthCodec() {}

    static final class Decoder extends CumulativeProtocolDecoder {
        @Override
        protected boolean doDecode(IoSession session, IoBuffer in, ProtocolDecoderOutput out) {
            if (!in.prefixedDataAvailable(Short.BYTES)) {
                return false;
            }
            byte[] payload = new byte[in.getUnsignedShort()];
            in.get(payload);
            out.write(payload);
            return true;
        }
    }

    static final class Encoder extends ProtocolEncoderAdapter {
        @Override
        public void encode(IoSession session, Object message, ProtocolEncoderOutput out) {
            byte[] payload = (byte[]) message;
            out.write(IoBuffer.allocate(Short.BYTES + payload.length)
                    .putShort((short) payload.length)
                    .put(payload)
                    .flip());
        }
    }
}
