package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.net.tls.ClientTls;
import dev.gatehouse.net.tls.TlsFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a gateway follows the rings of a cluster.
 *
 * @param coordinators where they are
 * @param secretFile a file with the secret; without it the environment has it
 * @param trust who signs the coordinators' certificates; without it the connections are plain TCP
 * @param id what they call the gateway
 */
public record ClusterSettings(List<HostPort> coordinators, Optional<Path> secretFile, Optional<Path> trust, String id) {
    /**
     * Reads the secret and the certificates.
     *
     * @throws OperatorException if they can't be used
     */
    public ClusterAccess access(Map<String, String> environment) {
        ClusterAccess access = ClusterAccess.of(
                coordinators.stream().map(HostPort::toString).toList(), ClusterSecrets.read(secretFile, environment));
        return trust.map(file -> access.withTls(tls(file))).orElse(access);
    }

    private static ClientTls tls(Path trust) {
        try {
            return ClientTls.builder().trust(trust).build();
        } catch (TlsFileException e) {
            throw new OperatorException("coordinator." + e.getMessage(), e);
        }
    }
}
