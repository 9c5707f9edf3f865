package dev.gatehouse.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;

/**
 * The environment variables that set keys. An environment variable can't tell a dash from a dot or a small letter from a capital one: for
 * a placeholder, a name that another source has is taken if it looks the same as a variable; else the name in small letters
 * with dashes. Variables that no key has are passed over here: {@link Variables} finds them.
 */
final class Environment {
    private final Keys keys;
    private final Map<String, String> variables;

    Environment(Keys keys, Map<String, String> environment) {
        this.keys = keys;
        variables = new TreeMap<>();
        environment.forEach((variable, value) -> {
            // Empty is how many tools write "not set".
            if (variable.startsWith(keys.environmentPrefix()) && !value.isEmpty()) {
                variables.put(variable, value);
            }
        });
    }

    /**
     * The values that the environment sets, by the name of their key.
     *
     * @param known the keys that other sources have, in segments
     */
    Map<String, String> values(List<List<String>> known) {
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach((variable, value) -> name(variable, known).ifPresent(key -> values.put(key, value)));
        return values;
    }

    private Optional<String> name(String variable, List<List<String>> known) {
        Key<?> best = null;
        Matcher bestMatcher = null;
        for (Key<?> key : keys.all()) {
            Matcher matcher = keys.variable(key).matcher(variable);
            // Of two that match, the one with more segments says more of the name itself.
            if (matcher.matches()
                    && (best == null || key.segments().size() > best.segments().size())) {
                best = key;
                bestMatcher = matcher;
            }
        }
        return best == null || bestMatcher == null ? Optional.empty() : Optional.of(name(best, bestMatcher, known));
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
}
