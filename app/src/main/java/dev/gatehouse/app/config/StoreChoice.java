package dev.gatehouse.app.config;

import dev.gatehouse.etcd.EtcdAccess;
import java.nio.file.Path;
import java.time.Duration;

/** Where a coordinator keeps what must outlive it. */
public sealed interface StoreChoice {
    /** Nothing is kept. */
    record Nowhere() implements StoreChoice {}

    /** A folder of this machine, for one coordinator. */
    record Folder(Path path) implements StoreChoice {}

    /**
     * etcd, for several coordinators.
     *
     * @param prefix with which their keys begin
     * @param lease how long a leader that isn't heard of any more leads at most
     */
    record Etcd(EtcdAccess access, String prefix, Duration lease) implements StoreChoice {}

    /** Reads it. */
    static StoreChoice read(Values values) {
        String text = values.get(CoordinatorKeys.STORE);
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Nowhere();
        }
        String where = text.substring(colon + 1);
        return text.startsWith("etcd:")
                ? new Etcd(
                        EtcdKeys.access(values, CoordinatorKeys.STORE, where),
                        values.get(CoordinatorKeys.ETCD_PREFIX),
                        values.get(CoordinatorKeys.ETCD_LEASE))
                : new Folder(Path.of(where));
    }
}
