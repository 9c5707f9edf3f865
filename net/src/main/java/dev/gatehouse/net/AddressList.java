package dev.gatehouse.net;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Addresses of which one will do, tried in their order. Any thread. */
final class AddressList {
    private final List<String> addresses;

    AddressList(List<String> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none (expected: at least one)");
        }
        addresses.forEach(Address::unresolved);
        this.addresses = List.copyOf(addresses);
    }

    /** Connects to the first address that works; fails as the last one does. */
    CompletableFuture<Connection> connect(Function<InetSocketAddress, CompletableFuture<Connection>> connect) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        attempt(0, connect, result);
        return result;
    }

    private void attempt(
            int index,
            Function<InetSocketAddress, CompletableFuture<Connection>> connect,
            CompletableFuture<Connection> result) {
        // A look-up may block, so it has a thread of its own.
        var unused = CompletableFuture.supplyAsync(
                        () -> Address.parse(addresses.get(index)),
                        task -> Thread.ofVirtual().start(task))
                .thenCompose(connect)
                .whenComplete((connection, failure) -> {
                    if (connection != null) {
                        result.complete(connection);
                    } else if (index + 1 < addresses.size()) {
                        attempt(index + 1, connect, result);
                    } else {
                        result.completeExceptionally(cause(failure));
                    }
                });
    }

    private static Throwable cause(@Nullable Throwable failure) {
        if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
            return wrapped.getCause();
        }
        return failure == null ? new IllegalStateException("no connection") : failure;
    }
}
