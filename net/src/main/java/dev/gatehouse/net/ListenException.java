package dev.gatehouse.net;

import java.net.InetSocketAddress;

/** A server can't listen; the message is one sentence that says where and why. */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why nothing can listen at an address.
     *
     * @param cause what the system said of it
     */
    public ListenException(InetSocketAddress address, Throwable cause) {
        super("can't listen on " + Address.format(address) + ": " + why(address, cause), cause);
    }

    private static String why(InetSocketAddress address, Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(java.util.Locale.ROOT);
        if (address.isUnresolved()) {
            return "unknown host " + address.getHostString();
        } else if (text.contains("in use")) {
            return "the port is in use";
        } else if (text.contains("assign")) {
            return "the address doesn't belong to this machine";
        } else if (text.contains("denied")) {
            return "no permission";
        }
        return String.valueOf(cause.getMessage());
    }
}
