package dev.gatehouse.etcd;

import dev.gatehouse.cluster.store.StoreException;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;

/** Makes channels to the members of etcd, one after the other. Any thread. */
final class EtcdChannels {
    /** What coordinators keep may be longer than gRPC's 4 MiB, where etcd is set to take it. */
    private static final int MESSAGE_BYTES_MAX = 64 << 20;

    private final EtcdAccess access;
    private int next;

    EtcdChannels(EtcdAccess access) {
        this.access = access;
    }

    /** A channel, and the address by which operators know the member behind it. */
    record Target(String endpoint, ManagedChannel channel) {}

    /**
     * A channel to the next member; it connects when it is used.
     *
     * @throws StoreException if the TLS files can't be read
     */
    synchronized Target next() {
        int index = next;
        next = (next + 1) % access.endpoints().size();
        return new Target(access.endpoints().get(index), channel(access.endpoint(index)));
    }

    /** Answers are read on gRPC's own threads: an executor that ends and drops them would leave their buffers to nobody. */
    private ManagedChannel channel(URI endpoint) {
        return builder(endpoint)
                .directExecutor()
                .intercept(requiringLeader())
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .disableRetry()
                .build();
    }

    private NettyChannelBuilder builder(URI endpoint) {
        try {
            return NettyChannelBuilder.forAddress(endpoint.getHost(), endpoint.getPort(), credentials());
        } catch (IOException | IllegalArgumentException e) {
            throw new StoreException("TLS files for etcd: " + e + " (expected: PEM files that can be read)", e);
        }
    }

    /** Has a member that doesn't see a leader of etcd refuse at once, where it would keep us waiting. */
    private static ClientInterceptor requiringLeader() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private ChannelCredentials credentials() throws IOException {
        if (!access.secure()) {
            return InsecureChannelCredentials.create();
        }
        TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
        if (access.tls().isPresent()) {
            read(access.tls().get(), credentials);
        }
        return credentials.build();
    }

    private static void read(EtcdTls tls, TlsChannelCredentials.Builder credentials) throws IOException {
        if (tls.trust().isPresent()) {
            credentials.trustManager(tls.trust().get().toFile());
        }
        if (tls.certificate().isPresent() && tls.key().isPresent()) {
            credentials.keyManager(
                    tls.certificate().get().toFile(), tls.key().get().toFile());
        }
    }
}
