package dev.gatehouse.net;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;

/** Netty's handler of one event loop's sockets, with a word of ours in how channels are registered. On the event loop. */
record RegisteringHandler(IoHandler handler, Registrar registrar) implements IoHandler {
    /** Registers a channel's handle with Netty's handler. */
    interface Registrar {
        IoRegistration register(IoHandler handler, IoHandle handle) throws Exception;
    }

    static IoHandlerFactory factory(IoHandlerFactory factory, Registrar registrar) {
        return executor -> new RegisteringHandler(factory.newHandler(executor), registrar);
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return registrar.register(handler, handle);
    }

    @Override
    public void initialize() {
        handler.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return handler.run(context);
    }

    @Override
    public void prepareToDestroy() {
        handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    @Override
    public void wakeup() {
        handler.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }
}
