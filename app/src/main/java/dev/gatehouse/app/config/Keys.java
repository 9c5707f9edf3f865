package dev.gatehouse.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table of keys: all that a kind of configuration file can say.
 *
 * @param environmentPrefix what the keys' environment variables begin with
 * @param all in the order of the documentation
 */
record Keys(String environmentPrefix, List<Key<?>> all) {

    Optional<Key<?>> find(List<String> path) {
        return all.stream().filter(key -> key.matches(path)).findFirst();
    }

    /** Whether a key has this environment variable. */
    boolean has(String variable) {
        return all.stream().anyMatch(key -> variable(key).matcher(variable).matches());
    }

    /** What the environment variables of a key look like, with a group for each placeholder. */
    Pattern variable(Key<?> key) {
        return Pattern.compile(key.environmentVariable(environmentPrefix).replaceAll("<[A-Z]+>", "([A-Z0-9_]+?)"));
    }

    /** A source, and a key's name as that has it. */
    String where(String source, String name) {
        return switch (source) {
            case ConfigReader.ENVIRONMENT -> source + ": " + environmentPrefix + Key.environmentForm(name);
            case ConfigReader.OPTIONS -> "--" + name.replace('.', '-');
            default -> source + ": " + name;
        };
    }

    /** The known name that is nearest to an unknown one, if one is near. */
    Optional<String> nearest(List<String> path) {
        String unknown = String.join(".", path);
        String best = "";
        int bestDistance = Math.max(2, unknown.length() / 4) + 1;
        for (Key<?> key : all) {
            String candidate = filledIn(key, path);
            int distance = distance(unknown, candidate);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** The key's name with the path's own names in its placeholders, as far as there are any. */
    static String filledIn(Key<?> key, List<String> path) {
        List<String> segments = new ArrayList<>(key.segments());
        for (int i = 0; i < segments.size() && i < path.size(); i++) {
            if (Key.isPlaceholder(segments.get(i))) {
                segments.set(i, path.get(i));
            }
        }
        return String.join(".", segments);
    }

    /** How many characters must change to make one text of the other (Levenshtein). */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
