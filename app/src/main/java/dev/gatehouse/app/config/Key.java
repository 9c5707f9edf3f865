package dev.gatehouse.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One key of a configuration. Its name is made of segments with dots between; a segment in angle brackets stands for any name.
 *
 * @param name such as {@code login-timeout} or {@code services.<service>.nodes.<node>}
 * @param type what values it takes
 * @param defaultText the value it has when nobody sets it, or empty if it has none then
 * @param meaning one sentence of the documentation
 */
record Key<T>(String name, KeyType<T> type, String defaultText, String meaning) {
    /** What a name in the place of a placeholder can be, in words. */
    static final String NAMES = "1 to 64 letters, digits, '.', '_' or '-'";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    List<String> segments() {
        return Arrays.asList(name.split("\\.", -1));
    }

    /** Whether a key of a source, in segments, is this one. */
    boolean matches(List<String> path) {
        return path.size() == segments().size() && fits(path);
    }

    /** Whether this key stands somewhere below a name of a source, in segments. */
    boolean beginsWith(List<String> path) {
        return path.size() < segments().size() && fits(path);
    }

    private boolean fits(List<String> path) {
        List<String> segments = segments();
        for (int i = 0; i < path.size(); i++) {
            boolean fits = isPlaceholder(segments.get(i))
                    ? isName(path.get(i))
                    : segments.get(i).equals(path.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** The name with these names in the place of its placeholders. */
    String with(String... names) {
        StringBuilder full = new StringBuilder();
        int next = 0;
        for (String segment : segments()) {
            full.append(full.isEmpty() ? "" : ".").append(isPlaceholder(segment) ? quoted(names[next++]) : segment);
        }
        return full.toString();
    }

    /** The environment variable of this key, with placeholders where the key has them. */
    String environmentVariable(String prefix) {
        StringBuilder variable = new StringBuilder(prefix);
        for (String segment : segments()) {
            variable.append(variable.length() == prefix.length() ? "" : "_")
                    .append(isPlaceholder(segment) ? segment.toUpperCase(Locale.ROOT) : environmentForm(segment));
        }
        return variable.toString();
    }

    /** What an environment variable's name looks like for this text. */
    static String environmentForm(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isPlaceholder(String segment) {
        return segment.startsWith("<");
    }

    /** A segment as SmallRye Config writes it: quoted if there is a dot in it. */
    static String quoted(String segment) {
        return segment.contains(".") ? '"' + segment + '"' : segment;
    }
}
