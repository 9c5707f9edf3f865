package dev.gatehouse.backend.internal;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an address in the form {@code HOST:PORT} or {@code [IPV6]:PORT}, and writes one. */
public final class ListenAddress {

    private static final Pattern FORM =
            Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.%]+)]|(?<host>[^:\\[\\]\\s]+)):(?<port>\\d{1,5})");

    private ListenAddress() {}

    /**
     * Reads an address; its host may be unknown.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static InetSocketAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > 0xffff) {
            throw new IllegalArgumentException("listen: " + text + " (expected: HOST:PORT, PORT 0..65535)");
        }
        String v6 = matcher.group("v6");
        String host = v6 == null ? matcher.group("host") : v6;
        return new InetSocketAddress(host, Integer.parseInt(matcher.group("port")));
    }

    static String text(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
