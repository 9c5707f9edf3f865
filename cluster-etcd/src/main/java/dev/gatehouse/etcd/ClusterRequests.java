package dev.gatehouse.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;

/** What coordinators ask of etcd. All reads are linearizable. */
final class ClusterRequests {
    private final ClusterKeys keys;

    ClusterRequests(ClusterKeys keys) {
        this.keys = keys;
    }

    /** Who leads. */
    RangeRequest leader() {
        return get(keys.leader());
    }

    /** What was there before: the epoch, and what is kept. */
    TxnRequest past() {
        return TxnRequest.newBuilder()
                .addSuccess(read(keys.epoch()))
                .addSuccess(read(keys.memberships()))
                .build();
    }

    /** Takes the lead in the epoch after {@code past}, if nobody leads and the past is still the same. */
    TxnRequest take(String address, long lease, Past past) {
        ByteString epoch = ByteString.copyFromUtf8(Long.toString(past.nextEpoch()));
        return TxnRequest.newBuilder()
                .addCompare(created(keys.leader(), 0))
                .addCompare(modified(keys.epoch(), past.epochRevision()))
                .addCompare(modified(keys.memberships(), past.membershipsRevision()))
                .addSuccess(put(keys.leader(), ByteString.copyFromUtf8(address), lease))
                .addSuccess(put(keys.epoch(), epoch, 0))
                .build();
    }

    /** Keeps memberships, if this lead is still the one and what is kept is what it kept last; else tells what is there. */
    TxnRequest save(Lead lead, ByteString memberships) {
        return TxnRequest.newBuilder()
                .addCompare(created(keys.leader(), lead.keyRevision()))
                .addCompare(modified(keys.memberships(), lead.membershipsRevision()))
                .addSuccess(put(keys.memberships(), memberships, 0))
                .addFailure(read(keys.leader()))
                .addFailure(RequestOp.newBuilder()
                        .setRequestRange(get(keys.memberships()).toBuilder().setKeysOnly(true)))
                .build();
    }

    private static RangeRequest get(ByteString key) {
        return RangeRequest.newBuilder().setKey(key).build();
    }

    private static RequestOp read(ByteString key) {
        return RequestOp.newBuilder().setRequestRange(get(key)).build();
    }

    private static RequestOp put(ByteString key, ByteString value, long lease) {
        return RequestOp.newBuilder()
                .setRequestPut(
                        PutRequest.newBuilder().setKey(key).setValue(value).setLease(lease))
                .build();
    }

    /** A key was created by that revision of etcd; 0: it isn't there. */
    private static Compare created(ByteString key, long revision) {
        return Compare.newBuilder()
                .setKey(key)
                .setTarget(Compare.CompareTarget.CREATE)
                .setCreateRevision(revision)
                .build();
    }

    /** A key was written last by that revision of etcd; 0: it isn't there. */
    private static Compare modified(ByteString key, long revision) {
        return Compare.newBuilder()
                .setKey(key)
                .setTarget(Compare.CompareTarget.MOD)
                .setModRevision(revision)
                .build();
    }
}
