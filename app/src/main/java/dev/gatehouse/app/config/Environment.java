package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment variables that set keys. An environment variable can't tell a dash from a dot or a small letter from a capital one: for
 * a placeholder, a name that another source has is taken if it looks the same as a variable; else the name in small letters
 * with dashes.
 */
final class Environment {
    /** Begins the name of each variable of ours; an unknown one is an error. */
    static final String PREFIX = "GATEHOUSE_";

    /** Variables of ours, and beginnings of such (those that end with {@code _}), that aren't keys of this table. */
    private static final Set<String> OTHERS =
            Set.of("GATEHOUSE_JAVA_OPTS", "GATEHOUSE_TOKEN", "GATEHOUSE_CERTIFICATE", EchoKeys.ENVIRONMENT_PREFIX);

    private final Keys keys;
    private final Map<String, String> variables;

    Environment(Keys keys, Map<String, String> environment) {
        this.keys = keys;
        variables = new TreeMap<>();
        environment.forEach((variable, value) -> {
            // Empty is how many tools write "not set".
            if (variable.startsWith(PREFIX) && !value.isEmpty()) {
                variables.put(variable, value);
            }
        });
    }

    /**
     * The values that the environment sets, by the name of their key.
     *
     * @param known the keys that other sources have, in segments
     * @throws OperatorException for a variable that no key has
     */
    Map<String, String> values(List<List<String>> known) {
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach((variable, value) -> {
            if (variable.startsWith(keys.environmentPrefix())) {
                Optional<String> name = name(variable, known);
                name.ifPresent(key -> values.put(key, value));
                if (name.isEmpty() && !other(variable)) {
                    throw unknown(variable);
                }
            }
        });
        return values;
    }

    private boolean other(String variable) {
        return OTHERS.stream()
                .filter(other -> !other.equals(keys.environmentPrefix()))
                .anyMatch(other -> other.endsWith("_") ? variable.startsWith(other) : variable.equals(other));
    }

    private Optional<String> name(String variable, List<List<String>> known) {
        Key<?> best = null;
        Matcher bestMatcher = null;
        for (Key<?> key : keys.all()) {
            Matcher matcher = pattern(key).matcher(variable);
            // Of two that match, the one with more segments says more of the name itself.
            if (matcher.matches()
                    && (best == null || key.segments().size() > best.segments().size())) {
                best = key;
                bestMatcher = matcher;
            }
        }
        return best == null || bestMatcher == null ? Optional.empty() : Optional.of(name(best, bestMatcher, known));
    }

    private Pattern pattern(Key<?> key) {
        return Pattern.compile(
                key.environmentVariable(keys.environmentPrefix()).replaceAll("<[A-Z]+>", "([A-Z0-9_]+?)"));
    }

    private static String name(Key<?> key, Matcher matcher, List<List<String>> known) {
        List<String> names = new ArrayList<>();
        List<String> path = new ArrayList<>();
        for (String segment : key.segments()) {
            if (Key.isPlaceholder(segment)) {
                String name = known(path, matcher.group(names.size() + 1), known);
                names.add(name);
                path.add(name);
            } else {
                path.add(segment);
            }
        }
        return key.with(names.toArray(String[]::new));
    }

    /** The name below {@code path} that looks like {@code form} in the environment. */
    private static String known(List<String> path, String form, List<List<String>> known) {
        return known.stream()
                .filter(name -> name.size() > path.size()
                        && name.subList(0, path.size()).equals(path))
                .map(name -> name.get(path.size()))
                .filter(name -> Key.environmentForm(name).equals(form))
                .findFirst()
                .orElse(form.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private OperatorException unknown(String variable) {
        Optional<String> near = keys.all().stream()
                .map(key -> key.environmentVariable(keys.environmentPrefix()))
                .filter(name -> Keys.distance(variable, name) <= 3)
                .findFirst();
        return new OperatorException(ConfigReader.ENVIRONMENT + ": " + variable + ": unknown variable"
                + near.map(name -> " (did you mean " + name + "?)")
                        .orElse(" (expected: one of docs/configuration.md)"));
    }
}
