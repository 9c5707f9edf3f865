package dev.gatehouse.backend.internal;

import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.TrunkContract;
import io.grpc.HandlerRegistry;
import io.grpc.ServerMethodDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives each call the method definition of its own event loop, since a contract's descriptor belongs to one thread. gRPC asks on
 * that event loop because the server runs on a direct executor.
 */
final class LoopMethods extends HandlerRegistry {

    private final List<CallLoop> loops;

    LoopMethods(List<CallLoop> loops) {
        this.loops = loops;
    }

    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String methodName, @Nullable String authority) {
        if (methodName.equals(Gonet2Contract.METHOD)) {
            return loop().streamMethod();
        }
        return methodName.equals(TrunkContract.METHOD) ? loop().trunkMethod() : null;
    }

    private CallLoop loop() {
        for (CallLoop loop : loops) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        throw new IllegalStateException("a call was opened off the node's event loops");
    }
}
