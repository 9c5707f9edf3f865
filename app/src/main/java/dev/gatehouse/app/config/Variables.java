package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All environment variables of ours: those of every command, as one environment often serves several. */
public final class Variables {
    /** Begins the name of each variable of ours. */
    static final String PREFIX = "GATEHOUSE_";

    /** Those that no key has. */
    private static final Set<String> OTHERS =
            Set.of("GATEHOUSE_JAVA_OPTS", "GATEHOUSE_TOKEN", "GATEHOUSE_CERTIFICATE", ClusterSecrets.VARIABLE);

    private Variables() {}

    /**
     * Checks that each variable that looks like ours is one: a mistyped one would be passed over in silence.
     *
     * @throws OperatorException for the first that isn't
     */
    public static void check(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, value) -> {
            boolean ours = variable.startsWith(PREFIX) && !value.isEmpty();
            if (ours && !OTHERS.contains(variable) && tables().stream().noneMatch(keys -> keys.has(variable))) {
                throw unknown(variable);
            }
        });
    }

    /** Asked for where a variable is looked up: a start without one of ours needs no table. */
    private static List<Keys> tables() {
        return List.of(GatewayKeys.KEYS, EchoKeys.KEYS, CoordinatorKeys.KEYS);
    }

    private static OperatorException unknown(String variable) {
        Stream<String> names = tables().stream()
                .flatMap(keys -> keys.all().stream().map(key -> key.environmentVariable(keys.environmentPrefix())));
        return new OperatorException(ConfigReader.ENVIRONMENT + ": " + variable + ": unknown variable"
                + Stream.concat(names, OTHERS.stream())
                        .filter(name -> Keys.distance(variable, name) <= 3)
                        .findFirst()
                        .map(name -> " (did you mean " + name + "?)")
                        .orElse(" (expected: one of docs/configuration.md)"));
    }
}
