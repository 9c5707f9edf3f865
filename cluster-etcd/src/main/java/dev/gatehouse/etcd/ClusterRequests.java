package dev.gatehouse.etcd;

import com.google.protobuf.ByteString;
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
        return Operations.get(keys.leader());
    }

    /** What was there before: the epoch, and what is kept. */
    TxnRequest past() {
        return TxnRequest.newBuilder()
                .addSuccess(Operations.read(keys.epoch()))
                .addSuccess(Operations.read(keys.memberships()))
                .build();
    }

    /** Takes the lead in the epoch after {@code past}, if nobody leads and the past is still the same. */
    TxnRequest take(String address, long lease, Past past) {
        ByteString epoch = ByteString.copyFromUtf8(Long.toString(past.nextEpoch()));
        return TxnRequest.newBuilder()
                .addCompare(Operations.created(keys.leader(), 0))
                .addCompare(Operations.modified(keys.epoch(), past.epochRevision()))
                .addCompare(Operations.modified(keys.memberships(), past.membershipsRevision()))
                .addSuccess(Operations.put(keys.leader(), ByteString.copyFromUtf8(address), lease))
                .addSuccess(Operations.put(keys.epoch(), epoch, 0))
                .build();
    }

    /** Keeps memberships, if this lead is still the one and what is kept is what it kept last; else tells what is there. */
    TxnRequest save(Lead lead, ByteString memberships) {
        return TxnRequest.newBuilder()
                .addCompare(Operations.created(keys.leader(), lead.keyRevision()))
                .addCompare(Operations.modified(keys.memberships(), lead.membershipsRevision()))
                .addSuccess(Operations.put(keys.memberships(), memberships, 0))
                .addFailure(Operations.read(keys.leader()))
                .addFailure(RequestOp.newBuilder()
                        .setRequestRange(
                                Operations.get(keys.memberships()).toBuilder().setKeysOnly(true)))
                .build();
    }
}
