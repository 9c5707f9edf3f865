package dev.gatehouse.app.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a configuration is read from; what stands later here wins.
 *
 * @param file a YAML file
 * @param environment the process's environment
 * @param set keys and values of {@code --set}
 * @param options values of the keys that have an option of their own, {@code --log-level} for {@code log.level}
 */
public record Sources(
        Optional<Path> file, Map<String, String> environment, Map<String, String> set, Map<String, String> options) {

    /** Without options of their own. */
    public Sources(Optional<Path> file, Map<String, String> environment, Map<String, String> set) {
        this(file, environment, set, Map.of());
    }

    /** The file, the process's environment and the command line. */
    public static Sources of(Optional<Path> file, Map<String, String> set, Map<String, String> options) {
        return new Sources(file, System.getenv(), set, options);
    }
}
