package dev.gatehouse.etcd;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The first message that comes as the answer to a call. */
final class Reply<T> extends CompletableFuture<T> implements StreamObserver<T> {
    @Override
    public void onNext(T message) {
        complete(message);
    }

    @Override
    public void onError(Throwable failure) {
        completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        if (!isDone()) {
            completeExceptionally(new IllegalStateException("etcd ended the call without an answer"));
        }
    }
}
