package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.cluster.ClusterSecret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The secret that a coordinator and its participants share. */
public final class ClusterSecrets {
    /** The variable that may hold it. */
    public static final String VARIABLE = "GATEHOUSE_CLUSTER_SECRET";

    private ClusterSecrets() {}

    /**
     * The first line of the file, if there is one, else the variable of the environment.
     *
     * @throws OperatorException if there is neither
     */
    public static ClusterSecret read(Optional<Path> file, Map<String, String> environment) {
        return file.map(Secrets::firstLine)
                .or(() -> ofEnvironment(environment))
                .map(ClusterSecret::of)
                .orElseThrow(() ->
                        new OperatorException("no cluster secret (expected: --secret-file FILE, or " + VARIABLE + ")"));
    }

    /** The variable's value, if it is set. */
    public static Optional<String> ofEnvironment(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE)).filter(text -> !text.isEmpty());
    }
}
