package dev.gatehouse.net;

import dev.gatehouse.net.proxy.ProxyProtocol;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A {@link Listener} of a server that is bound. Any thread; accepts on the event loop of each new connection. */
final class Acceptor {
    private final ListeningServer server;
    private final Listener listener;
    private final Channel channel;

    private Acceptor(ListeningServer server, Listener listener, Server.Builder settings, EventLoops loops) {
        this.server = server;
        this.listener = listener;
        channel = bind(settings, loops);
    }

    /** Binds; throws {@link ListenException} if that fails. */
    static Acceptor bind(ListeningServer server, Listener listener, Server.Builder settings, EventLoops loops) {
        return new Acceptor(server, listener, settings, loops);
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    Channel channel() {
        return channel;
    }

    void close() {
        channel.close().awaitUninterruptibly();
    }

    @SuppressWarnings("unchecked")
    private Channel bind(Server.Builder settings, EventLoops loops) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.transport().serverChannel())
                .option(ChannelOption.SO_BACKLOG, settings.backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(server.acceptFailures())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        accept(accepted);
                    }
                });
        server.endpoint()
                .channelOptions()
                .forEach((option, value) -> bootstrap.childOption((ChannelOption<Object>) option, value));
        if (settings.options.receiveBufferBytes() > 0) {
            // On the listener, so that the kernel knows it before the window is negotiated.
            bootstrap.option(ChannelOption.SO_RCVBUF, settings.options.receiveBufferBytes());
        }
        ChannelFuture bound = bootstrap.bind(listener.address()).awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            throw new ListenException(listener.address(), cause);
        }
        return bound.channel();
    }

    private void accept(SocketChannel accepted) {
        InetSocketAddress remote = accepted.remoteAddress();
        // A peer that is gone already has no address.
        if (remote == null || !server.admit(accepted, remote)) {
            accepted.close();
            return;
        }
        Optional<ProxyProtocol> proxies = listener.proxyProtocol().filter(each -> each.trusts(remote));
        ConnectionPlace place = new ConnectionPlace(server);
        if (proxies.isEmpty() && !place.take(remote)) {
            place.run();
            server.refused(accepted, remote, CloseReason.ADDRESS_LIMIT);
            accepted.close();
            return;
        }
        FramedConnection connection = server.endpoint().connection(accepted, remote, place);
        ChannelEvents events = new ChannelEvents(connection, accepted);
        accepted.pipeline().addLast(events);
        if (proxies.isPresent()) {
            events.awaitProxyHeader(proxies.get(), place, listener.tls());
        } else {
            listener.tls().ifPresent(tls -> events.awaitHandshake(tls.newHandler(accepted.alloc())));
        }
    }
}
