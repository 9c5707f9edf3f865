package dev.gatehouse.etcd;

import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.ring.membership.Memberships;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.TxnResponse;
import java.util.Optional;

/**
 * What the leaders before left behind.
 *
 * @param epoch the last one that was led in; 0 for none
 * @param epochRevision etcd's revision that wrote it; 0 for none
 * @param kept what was saved last
 * @param membershipsRevision etcd's revision that wrote that; 0 for none
 */
record Past(long epoch, long epochRevision, Memberships kept, long membershipsRevision) {
    /** @throws StoreException if something is there that no coordinator wrote */
    static Past read(TxnResponse response) {
        Optional<KeyValue> epoch = Answers.first(response, 0);
        Optional<KeyValue> kept = Answers.first(response, 1);
        return new Past(
                epoch.map(Past::number).orElse(0L),
                epoch.map(KeyValue::getModRevision).orElse(0L),
                kept.map(MembershipsValue::read).orElse(Memberships.NONE),
                kept.map(KeyValue::getModRevision).orElse(0L));
    }

    /** Above all before, also where somebody has deleted the key of the epoch. */
    long nextEpoch() {
        return Math.max(epoch, kept.version().epoch()) + 1;
    }

    private static long number(KeyValue epoch) {
        String text = epoch.getValue().toStringUtf8();
        if (!text.matches("[0-9]{1,18}")) {
            throw new StoreException("etcd's key " + epoch.getKey().toStringUtf8()
                    + ": no epoch (expected: the last epoch that was led in, a number)");
        }
        return Long.parseLong(text);
    }
}
