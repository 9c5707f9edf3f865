package dev.gatehouse.app.config;

/**
 * Where a server is to listen.
 *
 * @param address the address
 * @param optional whether it is passed over if it doesn't belong to this machine
 */
public record ListenAddress(HostPort address, boolean optional) {
    private static final String OPTIONAL = "-";

    /**
     * Reads a host as redis.conf writes it: behind {@code -} it is optional, and {@code *} and {@code ::*} are all addresses of IPv4 and IPv6.
     */
    static ListenAddress of(String bind, int port) {
        boolean optional = bind.startsWith(OPTIONAL);
        String host = optional ? bind.substring(OPTIONAL.length()) : bind;
        String address = switch (host) {
            case "*" -> "0.0.0.0";
            case "::*" -> "::";
            default -> host;
        };
        return new ListenAddress(new HostPort(address, port), optional);
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
