package dev.gatehouse.backend;

import dev.gatehouse.link.Gonet2Contract;
import io.grpc.HandlerRegistry;
import io.grpc.ServerMethodDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives each stream the method definition of its own event loop, since a contract's descriptor belongs to one thread. gRPC asks on
 * that event loop because the server runs on a direct executor.
 */
final class LoopMethods extends HandlerRegistry {

    private final List<CallLoop> loops;

    LoopMethods(List<CallLoop> loops) {
        this.loops = loops;
    }

    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String methodName, @Nullable String authority) {
        if (!methodName.equals(Gonet2Contract.METHOD)) {
            return null;
        }
        for (CallLoop loop : loops) {
            if (loop.inEventLoop()) {
                return loop.method();
            }
        }
        throw new IllegalStateException("a stream was opened off the node's event loops");
    }
}
