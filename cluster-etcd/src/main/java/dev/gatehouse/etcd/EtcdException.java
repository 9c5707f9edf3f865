package dev.gatehouse.etcd;

import io.grpc.Status;

/** A request to etcd failed; the message is a sentence for whoever operates it. */
final class EtcdException extends RuntimeException {
    private final Status.Code code;

    EtcdException(String message, Throwable cause) {
        super(message, cause);
        code = Status.fromThrowable(cause).getCode();
    }

    /** Whether another member of etcd might do better: this one can't be reached, hears nothing of the others, or takes too long. */
    boolean anotherMemberMayAnswer() {
        return switch (code) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL -> true;
            default -> false;
        };
    }

    /** Whether the request was about something that isn't there, such as a lease that has ended. */
    boolean notFound() {
        return code == Status.Code.NOT_FOUND;
    }

    /** Whether the request was longer than etcd takes: by its own limit, or, above that and a reserve, by that of its gRPC server. */
    boolean requestTooLong() {
        String sentence = String.valueOf(getMessage());
        return switch (code) {
            case INVALID_ARGUMENT -> sentence.contains("request is too large");
            case RESOURCE_EXHAUSTED -> sentence.contains("larger than max");
            default -> false;
        };
    }
}
