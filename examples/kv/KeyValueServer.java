package kv;

import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Server;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A key-value server that speaks the Redis protocol. All clients and the store live on one event loop. */
final class KeyValueServer implements AutoCloseable {
    /** The version whose answers these are. */
    static final String REDIS_VERSION = "7.0.15";

    private static final int SWEEP_MILLIS = 100;

    private final EventLoops eventLoops;
    private final Server server;

    KeyValueServer(String address, KeyValueOptions options) {
        eventLoops = EventLoops.builder()
                .threads(1)
                .name("kv")
                .ticker(options.ticker())
                .build();
        Engine engine = new Engine(options, this::connections);
        try {
            server = Server.builder(address, new RedisFraming(options.limits()))
                    .handlers(connection -> new KeyValueHandler(engine, connection))
                    .eventLoops(eventLoops)
                    .connectionsMax(options.connectionsMax())
                    .start();
        } catch (RuntimeException e) {
            eventLoops.close();
            throw e;
        }
        eventLoops
                .get(0)
                .scheduleWithFixedDelay(
                        () -> engine.sweep(options.ticker().nanos()),
                        SWEEP_MILLIS,
                        SWEEP_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    InetSocketAddress localAddress() {
        return server.localAddress();
    }

    /** Serves until the process is asked to stop. */
    void serveUntilSignal(Runnable ready) throws InterruptedException {
        server.serveUntilSignal(ready);
    }

    private int connections() {
        return server.connections();
    }

    @Override
    public void close() {
        server.close();
        eventLoops.close();
    }
}
