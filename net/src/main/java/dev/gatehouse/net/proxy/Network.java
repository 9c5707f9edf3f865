package dev.gatehouse.net.proxy;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The addresses that begin with the same bits. */
final class Network {
    private final IpSubnetFilterRule rule;

    private Network(InetAddress address, int bits) {
        rule = new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
    }

    /**
     * Reads {@code ADDRESS/BITS}, or an {@code ADDRESS} alone; resolves no names.
     *
     * @throws IllegalArgumentException if the text isn't one
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw wrong(text);
        }
        int bitsMax = address.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new Network(address, bitsMax);
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > bitsMax) {
            throw wrong(text);
        }
        return new Network(address, Integer.parseInt(bits));
    }

    boolean contains(InetSocketAddress address) {
        return !address.isUnresolved() && rule.matches(unmapped(address));
    }

    /** IPv4 addresses as such, where a socket for both kinds gives them as IPv6 addresses (::ffff:192.0.2.1). */
    private static InetSocketAddress unmapped(InetSocketAddress address) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(address.getAddress().getAddress()), address.getPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of neither 4 nor 16 bytes", e);
        }
    }

    /** Without scopes, which name interfaces of one machine. */
    private static @Nullable InetAddress address(String text) {
        return text.contains("%") ? null : NetUtil.createInetAddressFromIpAddressString(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("trusted network: " + text
                + " (expected: ADDRESS/BITS or ADDRESS, with an IPv4 address and 0..32 or an IPv6 address and 0..128)");
    }
}
