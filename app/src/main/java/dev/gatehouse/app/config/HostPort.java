package dev.gatehouse.app.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as text. Its host isn't looked up, but to see whether two clash.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 0..65535
 */
public record HostPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:\\[\\]\\s]+)):([0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    /**
     * Reads {@code HOST:PORT} or {@code [IPV6]:PORT}.
     *
     * @throws IllegalArgumentException if the text isn't one
     */
    public static HostPort parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > PORT_MAX) {
            throw new IllegalArgumentException("address: " + text + " (expected: HOST:PORT with a port of 0..65535)");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new HostPort(host, Integer.parseInt(matcher.group(3)));
    }

    /**
     * Whether only one of two servers can listen, this at one address and the other at the other. Looks the hosts up if their ports
     * are the same, as {@code localhost} is an address of many names.
     */
    boolean clashes(HostPort other) {
        return port != 0 && port == other.port && (host.equals(other.host) || meets(other));
    }

    /** Whether it stands for all addresses of the machine. */
    public boolean isEverywhere() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private boolean meets(HostPort other) {
        try {
            InetAddress here = InetAddress.getByName(host);
            InetAddress there = InetAddress.getByName(other.host);
            return here.equals(there) || here.isAnyLocalAddress() || there.isAnyLocalAddress();
        } catch (UnknownHostException e) {
            // Nobody can listen there: the start says so.
            return false;
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
