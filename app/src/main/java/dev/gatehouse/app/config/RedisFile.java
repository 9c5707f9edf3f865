package dev.gatehouse.app.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A file in the form of redis.conf: a key in each line, in capital or small letters, and behind it what it is set to, in quotes or
 * not; {@code #} begins a line of comment. Of a key that stands there twice the last counts. A real redis.conf has many keys, so those
 * that aren't ours are passed over.
 */
final class RedisFile {
    private static final String SUFFIX = ".conf";
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

    private RedisFile() {}

    /** Whether a file's name says that it has this form. */
    static boolean is(Path path) {
        return path.toString().endsWith(SUFFIX);
    }

    /**
     * Reads these keys.
     *
     * @throws dev.gatehouse.app.operator.OperatorException if the file can't be read
     */
    static NamedSource read(Path path, Set<String> keys, int ordinal) {
        Map<String, String> values = new TreeMap<>();
        TextFile.read(path).lines().map(String::strip).forEach(line -> {
            String[] words = BLANK.split(line, 2);
            String key = words[0].toLowerCase(Locale.ROOT);
            if (keys.contains(key)) {
                values.put(key, words.length < 2 ? "" : unquoted(words[1]));
            }
        });
        return new NamedSource(path.toString(), values, ordinal);
    }

    private static String unquoted(String text) {
        return QUOTED.matcher(text).replaceAll("$1$2");
    }
}
