package dev.gatehouse.app.config;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of how a gateway reaches the coordinators of its cluster. */
final class ClusterKeys {
    static final Key<List<HostPort>> ADDRESSES = new Key<>(
            "coordinator.addresses",
            KeyType.addresses(),
            "",
            "The coordinators of the cluster: a service without `nodes` has the nodes and the ring that they tell of.");
    static final Key<Path> SECRET_FILE = new Key<>(
            "coordinator.secret-file",
            KeyType.file(),
            "",
            "A file whose first line is the secret of the cluster; or give it in `" + ClusterSecrets.VARIABLE
                    + "`. One of them is required with `coordinator.addresses`.");
    static final Key<Path> TRUST = new Key<>(
            "coordinator.trust",
            KeyType.file(),
            "",
            "A PEM file with the authorities that sign the coordinators' certificates: connections to them then use TLS.");
    static final Key<String> ID = new Key<>(
            "coordinator.id",
            KeyType.text("[A-Za-z0-9._-]{1,64}"),
            "",
            "What the coordinators call this gateway; nobody else of the cluster has it. Without it, `gateway-` and a random number.");

    private static final String[] NO_NAMES = {};

    private ClusterKeys() {}

    /** How to reach the coordinators, if there are any. */
    static Optional<ClusterSettings> read(Values values, Map<String, String> environment) {
        Optional<List<HostPort>> addresses = values.find(ADDRESSES);
        Optional<Path> secretFile = values.readable(SECRET_FILE);
        Optional<Path> trust = values.readable(TRUST);
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        if (secretFile.isEmpty() && ClusterSecrets.ofEnvironment(environment).isEmpty()) {
            throw values.error(
                    SECRET_FILE,
                    NO_NAMES,
                    "not set",
                    "a file whose first line is the secret of the cluster; or give it in " + ClusterSecrets.VARIABLE);
        }
        String id = values.find(ID).orElseGet(ClusterKeys::randomId);
        return Optional.of(new ClusterSettings(addresses.get(), secretFile, trust, id));
    }

    private static String randomId() {
        byte[] number = new byte[6];
        new SecureRandom().nextBytes(number);
        return "gateway-" + HexFormat.of().formatHex(number);
    }
}
