package dev.gatehouse.link;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;

/**
 * The contract {@code gonet2}: one gRPC stream a session, as the published {@code gonet2.proto} of this module (PROTOCOLS.md
 * section 4) says.
 *
 * <p>Both sides use {@link Frame} for both directions. What arrives is a flyweight of the descriptor, see {@link Frame}; what is
 * sent is an {@link OutboundFrame}.
 */
public final class Gonet2Contract {

    /** The service's full name in gRPC. */
    public static final String SERVICE = "proto.GameService";

    /** The method's full name in gRPC. */
    public static final String METHOD = MethodDescriptor.generateFullMethodName(SERVICE, "Stream");

    /** Request metadata: the user's number in decimal digits. */
    public static final Metadata.Key<String> USER_ID = Metadata.Key.of("userid", Metadata.ASCII_STRING_MARSHALLER);

    /** Request metadata: the service token, as {@link #bearer} writes it. */
    public static final Metadata.Key<String> TOKEN = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** The default bound of a frame's Message field in bytes: 64 KiB of payload and its opcode. */
    public static final int MESSAGE_BYTES_MAX = 64 * 1024 + Short.BYTES;

    /** How many bytes an encoded frame may have beside its Message field, for tags, lengths and fields that we don't know. */
    public static final int OVERHEAD_BYTES_MAX = 1024;

    private Gonet2Contract() {}

    /**
     * A new descriptor of the stream with a bound of {@link #MESSAGE_BYTES_MAX}, for one thread; see {@link #stream(int)}.
     */
    public static MethodDescriptor<Frame, Frame> stream() {
        return stream(MESSAGE_BYTES_MAX);
    }

    /**
     * A new descriptor of the stream, which belongs to one thread, in practice to one event loop: its marshaller reuses one
     * inbound flyweight and one scratch array for all calls. Use it only for calls whose callbacks run on that thread (a channel
     * or server of that event loop with {@code directExecutor()}), and send on it from that thread alone.
     *
     * @param messageBytesMax bound of the Message field in bytes, above 0; a longer frame arrives as {@link Frame#INVALID}
     */
    public static MethodDescriptor<Frame, Frame> stream(int messageBytesMax) {
        if (messageBytesMax < 1 || messageBytesMax > Integer.MAX_VALUE - OVERHEAD_BYTES_MAX) {
            throw new IllegalArgumentException("messageBytesMax: " + messageBytesMax + " (expected: 1.."
                    + (Integer.MAX_VALUE - OVERHEAD_BYTES_MAX) + ")");
        }
        FrameMarshaller marshaller = new FrameMarshaller(messageBytesMax);
        return MethodDescriptor.newBuilder(marshaller, marshaller)
                .setType(MethodType.BIDI_STREAMING)
                .setFullMethodName(METHOD)
                .build();
    }

    /** The value of {@link #TOKEN} for a token. */
    public static String bearer(String token) {
        return "Bearer " + token;
    }
}
