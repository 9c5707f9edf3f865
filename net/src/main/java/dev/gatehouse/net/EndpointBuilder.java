package dev.gatehouse.net;

import java.util.Optional;
import java.util.function.Function;

/** What the settings of a {@link Server} and of a {@link Client} have in common. */
public abstract sealed class EndpointBuilder<B extends EndpointBuilder<B>> permits Server.Builder, Client.Builder {
    final Framing framing;
    ConnectionOptions options = ConnectionOptions.defaults();
    Function<? super FramedConnection, ConnectionHandler> handlers = connection -> (c, message) -> {};
    ErrorListener errorListener = ErrorListener.logging();
    Optional<Object> attachment = Optional.empty();
    Optional<EventLoops> eventLoops = Optional.empty();

    EndpointBuilder(Framing framing) {
        this.framing = framing;
    }

    /** One handler for all connections; without one, what comes is dropped. */
    public B handler(ConnectionHandler handler) {
        return handlers(connection -> handler);
    }

    /** A handler for each connection, made on its event loop just before it is opened. */
    public B handlers(Function<Connection, ConnectionHandler> handlers) {
        this.handlers = handlers;
        return self();
    }

    /** Sequential code on a virtual thread for each connection, which may block. */
    public B blockingHandler(BlockingHandler handler) {
        handlers = connection -> new VirtualThreadDispatcher(connection, handler);
        return self();
    }

    /** Limits and socket options of each connection. */
    public B options(ConnectionOptions options) {
        this.options = options;
        return self();
    }

    /** Who hears of errors; by default they are logged. */
    public B errorListener(ErrorListener errorListener) {
        this.errorListener = errorListener;
        return self();
    }

    /** An object of the user's own that all connections share: {@link Connection#sharedAttachment}. */
    public B attachment(Object attachment) {
        this.attachment = Optional.of(attachment);
        return self();
    }

    /** Threads that are shared with others, and that aren't stopped with this one. By default it has its own. */
    public B eventLoops(EventLoops eventLoops) {
        this.eventLoops = Optional.of(eventLoops);
        return self();
    }

    abstract B self();
}
