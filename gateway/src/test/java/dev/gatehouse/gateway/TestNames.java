package dev.gatehouse.gateway;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The tests' DNS: {@code *.test} is this machine; notes which names were looked up, and whether on an event loop. */
public final class TestNames extends InetAddressResolverProvider {
    static final List<Lookup> LOOKUPS = new CopyOnWriteArrayList<>();

    record Lookup(String host, boolean onEventLoop) {}

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver real = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                LOOKUPS.add(new Lookup(host, Thread.currentThread() instanceof FastThreadLocalThread));
                return host.endsWith(".test")
                        ? Stream.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}))
                        : real.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return real.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "the tests' names";
    }
}
