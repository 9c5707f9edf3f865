package dev.gatehouse.etcd;

import dev.gatehouse.cluster.store.StoreException;
import java.util.concurrent.CompletionException;

/** What went wrong, for those who operate. */
final class Failures {
    private Failures() {}

    /** The failure itself, without what a future has put around it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** One sentence about it. */
    static String sentence(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof EtcdException || cause instanceof StoreException
                ? String.valueOf(cause.getMessage())
                : cause.toString();
    }
}
