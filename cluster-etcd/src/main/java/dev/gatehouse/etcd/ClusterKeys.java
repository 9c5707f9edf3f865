package dev.gatehouse.etcd;

import com.google.protobuf.ByteString;

/**
 * Where the coordinators of one cluster keep what they share.
 *
 * <pre>
 *   PREFIXleader       the leader's address; hangs on the leader's lease
 *   PREFIXepoch        the last epoch that anybody led in, decimal
 *   PREFIXmemberships  what the last leader saved: JSON, by gzip
 * </pre>
 */
record ClusterKeys(ByteString leader, ByteString epoch, ByteString memberships) {
    static ClusterKeys below(String prefix) {
        return new ClusterKeys(
                ByteString.copyFromUtf8(prefix + "leader"),
                ByteString.copyFromUtf8(prefix + "epoch"),
                ByteString.copyFromUtf8(prefix + "memberships"));
    }
}
