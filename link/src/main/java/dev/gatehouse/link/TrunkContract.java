package dev.gatehouse.link;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import java.io.InputStream;

/**
 * The contract {@code trunk}: one gRPC call carries the attachments of an event loop at a node, as the published {@code
 * gatehouse/link/v1/trunk.proto} of this module (PROTOCOLS.md section 5) says.
 *
 * <p>What is sent is a {@link BatchWriter}, what arrives a {@link BatchReader}, which is a flyweight of the descriptor.
 */
public final class TrunkContract {

    /** The service's full name in gRPC. */
    public static final String SERVICE = "gatehouse.link.v1.Trunk";

    /** The method's full name in gRPC. */
    public static final String METHOD = MethodDescriptor.generateFullMethodName(SERVICE, "Connect");

    /** Request metadata: the service token, as {@link Gonet2Contract#bearer} writes it. */
    public static final Metadata.Key<String> TOKEN = Gonet2Contract.TOKEN;

    /** The version of the contract that this is. */
    public static final int VERSION = 1;

    /** The largest batch in bytes. */
    public static final int BATCH_BYTES_MAX = 1 << 20;

    /** The longest packet in bytes: 64 KiB of payload and its opcode. */
    public static final int PACKET_BYTES_MAX = Gonet2Contract.MESSAGE_BYTES_MAX;

    /** The credit in bytes that attachments start with, unless a side says otherwise in its hello. */
    public static final int INITIAL_CREDIT = 64 << 10;

    private TrunkContract() {}

    /**
     * A new descriptor for a client, which belongs to one thread: its calls share one reader. Use it only for calls whose callbacks
     * run on that thread.
     */
    public static MethodDescriptor<BatchWriter, BatchReader> client() {
        return descriptor(new Outbound(), new Inbound());
    }

    /** A new descriptor for a server, which belongs to one thread as {@link #client} says. */
    public static MethodDescriptor<BatchReader, BatchWriter> server() {
        return descriptor(new Inbound(), new Outbound());
    }

    private static <Q, S> MethodDescriptor<Q, S> descriptor(Marshaller<Q> request, Marshaller<S> response) {
        return MethodDescriptor.newBuilder(request, response)
                .setType(MethodType.BIDI_STREAMING)
                .setFullMethodName(METHOD)
                .build();
    }

    private static final class Inbound implements Marshaller<BatchReader> {
        private final BatchReader reader = new BatchReader(BATCH_BYTES_MAX);

        @Override
        public InputStream stream(BatchReader value) {
            throw new UnsupportedOperationException("a batch that arrived isn't sent");
        }

        @Override
        public BatchReader parse(InputStream stream) {
            return reader.parse(stream);
        }
    }

    private static final class Outbound implements Marshaller<BatchWriter> {
        @Override
        public InputStream stream(BatchWriter batch) {
            return new BatchStream(batch.bytes(), batch.length());
        }

        @Override
        public BatchWriter parse(InputStream stream) {
            throw new UnsupportedOperationException("a batch to send doesn't arrive");
        }
    }
}
