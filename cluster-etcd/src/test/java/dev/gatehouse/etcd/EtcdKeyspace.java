package dev.gatehouse.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An operator who reads and writes etcd's keys by hand. */
final class EtcdKeyspace implements AutoCloseable {
    private final EtcdAccess access;
    private final EtcdClient etcd;

    EtcdKeyspace(String url) {
        access = EtcdAccess.of(List.of(url)).withTimeout(Duration.ofSeconds(30));
        etcd = new EtcdClient(access, Runnable::run);
    }

    Optional<KeyValue> get(String key) {
        return Answers.first(
                etcd.range(RangeRequest.newBuilder().setKey(bytes(key)).build()).join());
    }

    void put(String key, String value) {
        write(putting(key, bytes(value)));
    }

    void put(String key, ByteString value) {
        write(putting(key, value));
    }

    void delete(String key) {
        write(deleting(key, ""));
    }

    void revoke(long lease) {
        etcd.revoke(lease).join();
    }

    /** Forgets what was before this revision. */
    void compact(long revision) {
        ManagedChannel channel = new EtcdChannels(access).next().channel();
        try {
            var unused = KVGrpc.newBlockingStub(channel)
                    .compact(
                            CompactionRequest.newBuilder().setRevision(revision).build());
        } finally {
            channel.shutdownNow();
        }
    }

    /** All writes in one step. */
    void write(RequestOp... writes) {
        etcd.transaction(TxnRequest.newBuilder()
                        .addAllSuccess(Arrays.asList(writes))
                        .build())
                .join();
    }

    static RequestOp putting(String key, ByteString value) {
        return RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(bytes(key)).setValue(value))
                .build();
    }

    /** Deletes the keys from this one to that; to none for this one alone. */
    static RequestOp deleting(String from, String to) {
        return RequestOp.newBuilder()
                .setRequestDeleteRange(
                        DeleteRangeRequest.newBuilder().setKey(bytes(from)).setRangeEnd(bytes(to)))
                .build();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    @Override
    public void close() {
        etcd.close();
    }
}
