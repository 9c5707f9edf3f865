package dev.gatehouse.net;

import java.net.InetSocketAddress;

/** {@code HOST:PORT}, with an IPv6 host in brackets. */
public final class Address {
    private static final int PORT_MAX = 65_535;

    private Address() {}

    /**
     * Reads {@code HOST:PORT} and resolves the host; an unknown host gives an unresolved address.
     *
     * @throws IllegalArgumentException if the text isn't one
     */
    public static InetSocketAddress parse(String text) {
        InetSocketAddress address = unresolved(text);
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    /** As {@link #parse}, but without looking the host up. */
    static InetSocketAddress unresolved(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.contains(":") && !bracketed)) {
            throw wrong(text);
        }
        String name = bracketed ? host.substring(1, host.length() - 1) : host;
        return InetSocketAddress.createUnresolved(name, port(text, text.substring(colon + 1)));
    }

    /** The text that {@link #parse} reads. */
    public static String format(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static int port(String text, String digits) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > PORT_MAX) {
            throw wrong(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("address: " + text + " (expected: HOST:PORT with a port of 0..65535)");
    }
}
