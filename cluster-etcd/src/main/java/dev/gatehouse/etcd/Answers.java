package dev.gatehouse.etcd;

import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnResponse;
import java.util.Optional;

/** Reads etcd's answers. */
final class Answers {
    private Answers() {}

    /** The key that was asked for, if it is there. */
    static Optional<KeyValue> first(RangeResponse response) {
        return response.getKvsList().stream().findFirst();
    }

    /** The same, of the read at this place of a transaction. */
    static Optional<KeyValue> first(TxnResponse response, int place) {
        return first(response.getResponses(place).getResponseRange());
    }
}
