package dev.gatehouse.etcd;

import dev.gatehouse.cluster.store.StoreException;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseRevokeResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Requests to etcd, over a connection to one of its members. Each has a deadline, and is sent once: a request that fails fails with an
 * {@link EtcdException}, and those that come after it go to the next member, if that may do better. Answers arrive on the executor that it was given; methods on
 * any thread.
 */
final class EtcdClient implements AutoCloseable {
    private final EtcdChannels channels;
    private final Executor callbacks;
    private final Duration timeout;
    private EtcdChannels.Target target;
    private boolean closed;

    EtcdClient(EtcdAccess access, Executor callbacks) {
        channels = new EtcdChannels(access);
        this.callbacks = callbacks;
        timeout = access.timeout();
        target = channels.next();
    }

    CompletableFuture<RangeResponse> range(RangeRequest request) {
        return call(KVGrpc::newStub, (stub, reply) -> stub.range(request, reply));
    }

    CompletableFuture<TxnResponse> transaction(TxnRequest request) {
        return call(KVGrpc::newStub, (stub, reply) -> stub.txn(request, reply));
    }

    /** A new lease of about this time; the answer says of which. */
    CompletableFuture<LeaseGrantResponse> grant(Duration time) {
        LeaseGrantRequest request =
                LeaseGrantRequest.newBuilder().setTTL(time.toSeconds()).build();
        return call(LeaseGrpc::newStub, (stub, reply) -> stub.leaseGrant(request, reply));
    }

    /** Has a lease begin anew; completes with its time, or with zero if it is over. */
    CompletableFuture<Duration> renew(long lease) {
        LeaseKeepAliveRequest request =
                LeaseKeepAliveRequest.newBuilder().setID(lease).build();
        CompletableFuture<LeaseKeepAliveResponse> answer = call(LeaseGrpc::newStub, (stub, reply) -> {
            StreamObserver<LeaseKeepAliveRequest> requests = stub.leaseKeepAlive(reply);
            requests.onNext(request);
            requests.onCompleted();
        });
        return answer.thenApply(renewed -> Duration.ofSeconds(renewed.getTTL()));
    }

    /** Ends a lease, and with it the keys that hang on it; one that is over already is left so. */
    CompletableFuture<Void> revoke(long lease) {
        LeaseRevokeRequest request =
                LeaseRevokeRequest.newBuilder().setID(lease).build();
        CompletableFuture<LeaseRevokeResponse> answer =
                call(LeaseGrpc::newStub, (stub, reply) -> stub.leaseRevoke(request, reply));
        return answer.thenAccept(done -> {})
                .exceptionallyCompose(failure -> Failures.cause(failure) instanceof EtcdException why && why.notFound()
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure));
    }

    /**
     * Watches keys, without a deadline: a member that stands still leaves it as it is, and only requests beside it find that.
     *
     * @return completes, exceptionally, when the watch fails; whoever completes it ends the watch
     */
    CompletableFuture<Void> watch(WatchCreateRequest create, Consumer<WatchResponse> changes) {
        EtcdChannels.Target used = target();
        CompletableFuture<Void> end = new CompletableFuture<>();
        StreamObserver<WatchRequest> requests = WatchGrpc.newStub(used.channel())
                .watch(new StreamObserver<>() {
                    @Override
                    public void onNext(WatchResponse response) {
                        callbacks.execute(() -> changed(response));
                    }

                    private void changed(WatchResponse response) {
                        if (response.getCanceled()) {
                            ended(canceled(response));
                        } else if (!end.isDone()) {
                            changes.accept(response);
                        }
                    }

                    @Override
                    public void onError(Throwable failure) {
                        callbacks.execute(() -> ended(failure));
                    }

                    private void ended(Throwable failure) {
                        if (!end.isDone()) {
                            end.completeExceptionally(failed(used, failure));
                        }
                    }

                    @Override
                    public void onCompleted() {
                        onError(Status.UNAVAILABLE
                                .withDescription("the watch ended")
                                .asRuntimeException());
                    }
                });
        requests.onNext(WatchRequest.newBuilder().setCreateRequest(create).build());
        var unused = end.whenComplete((done, failure) -> requests.onError(Status.CANCELLED.asRuntimeException()));
        return end;
    }

    private static StatusRuntimeException canceled(WatchResponse response) {
        String why = response.getCompactRevision() > 0
                ? "what is watched has been compacted up to revision " + response.getCompactRevision()
                : "the watch was refused: " + response.getCancelReason();
        return Status.ABORTED.withDescription(why).asRuntimeException();
    }

    private <S extends AbstractStub<S>, T> CompletableFuture<T> call(
            Function<Channel, S> stub, BiConsumer<S, Reply<T>> call) {
        EtcdChannels.Target used = target();
        Reply<T> reply = new Reply<>();
        call.accept(stub.apply(used.channel()).withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS), reply);
        return reply.handleAsync(
                (answer, failure) -> {
                    if (failure != null) {
                        throw failed(used, failure);
                    }
                    return answer;
                },
                callbacks);
    }

    private synchronized EtcdChannels.Target target() {
        return target;
    }

    private RuntimeException failed(EtcdChannels.Target used, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        EtcdException exception = new EtcdException(used.endpoint() + ": " + sentence(cause), cause);
        try {
            if (exception.anotherMemberMayAnswer()) {
                turnFrom(used);
            }
            return exception;
        } catch (StoreException e) {
            // The TLS files can't be read just now; the next request tries again.
            return e;
        }
    }

    private synchronized void turnFrom(EtcdChannels.Target used) {
        if (target.equals(used) && !closed) {
            // What is under way on it may still be answered, and has deadlines.
            used.channel().shutdown();
            target = channels.next();
        }
    }

    private static String sentence(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> "no answer in time";
            case UNAVAILABLE ->
                status.getCause() == null
                        ? String.valueOf(status.getDescription())
                        : status.getDescription() + ": " + status.getCause().getMessage();
            default -> status.getDescription() == null ? status.getCode().name() : status.getDescription();
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        target.channel().shutdownNow();
    }
}
