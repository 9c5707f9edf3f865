package dev.gatehouse.app.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a configuration is read from; what stands later here wins.
 *
 * @param file a YAML file
 * @param environment the process's environment
 * @param flags keys and values of the command line
 */
public record Sources(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    /** The file, the process's environment and flags. */
    public static Sources of(Optional<Path> file, Map<String, String> flags) {
        return new Sources(file, System.getenv(), flags);
    }
}
