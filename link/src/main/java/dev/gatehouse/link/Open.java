package dev.gatehouse.link;

import java.util.Map;

/**
 * What an open entry says of the session that is attached.
 *
 * @param user the user's number
 * @param service the service's name in the gateway's configuration
 * @param remoteAddress where the client is connected from, {@code HOST:PORT}
 * @param attributes what the client said of itself at its login; never its certificate
 * @param ringEpoch which ring placed the user here, with the version; 0 without one
 * @param ringVersion see {@code ringEpoch}
 */
public record Open(
        long user,
        String service,
        String remoteAddress,
        Map<String, String> attributes,
        long ringEpoch,
        long ringVersion) {

    public Open {
        attributes = Map.copyOf(attributes);
    }
}
