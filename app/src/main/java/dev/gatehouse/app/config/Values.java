package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of a configuration, each read by the type of its key when it is asked for. A value that isn't allowed throws
 * {@link OperatorException}.
 */
final class Values {
    private final SmallRyeConfig config;
    private final Keys keys;
    private final Map<String, List<String>> present;

    Values(SmallRyeConfig config, Keys keys, Map<String, List<String>> present) {
        this.config = config;
        this.keys = keys;
        this.present = present;
    }

    /** The value of a key that has a default. */
    <T> T get(Key<T> key, String... names) {
        return find(key, names).orElseThrow(() -> error(key, names, "not set", ""));
    }

    /** The value of a key, or its default, if it has one. */
    <T> Optional<T> find(Key<T> key, String... names) {
        Optional<String> text = text(key, names);
        if (text.isEmpty() && !key.defaultText().isEmpty()) {
            return Optional.of(key.type().read(key.defaultText()));
        }
        return text.map(value -> {
            try {
                return key.type().read(value);
            } catch (IllegalArgumentException e) {
                throw error(key, names, value);
            }
        });
    }

    /** The file of a key, if it is set. */
    Optional<Path> readable(Key<Path> key, String... names) {
        Optional<Path> file = find(key, names);
        file.filter(path -> !Files.isReadable(path) || Files.isDirectory(path)).ifPresent(path -> {
            throw error(key, names, path.toString(), "a file that can be read");
        });
        return file;
    }

    /** The names that stand directly below {@code path}, in the order of their sources. */
    List<String> names(String... path) {
        List<String> parent = List.of(path);
        return present.values().stream()
                .filter(name -> name.size() > parent.size()
                        && name.subList(0, parent.size()).equals(parent))
                .flatMap(name -> Stream.of(name.get(parent.size())))
                .distinct()
                .toList();
    }

    /** Whether a source sets the key, with any names in its placeholders. */
    boolean hasAny(Key<?> key) {
        return present.values().stream().anyMatch(key::matches);
    }

    /** How strong the source of a key is, or -1 if none sets it. */
    int strength(Key<?> key) {
        ConfigValue value = configValue(key);
        return value.getValue() == null ? -1 : value.getConfigSourceOrdinal();
    }

    /** All values, for a check of those that nobody asks for. */
    void checkAll() {
        for (List<String> path : present.values()) {
            keys.find(path).ifPresent(key -> find(key, placeholders(key, path)));
        }
    }

    /** A mistake in the value of a key. */
    OperatorException error(Key<?> key, String[] names, String value) {
        return error(
                key, names, key.type().secret() ? "(hidden)" : value, key.type().expected());
    }

    /** A mistake in the value of a key, and what would be right. */
    OperatorException error(Key<?> key, String[] names, String value, String expected) {
        String shown = value.isEmpty() ? "empty" : value;
        return new OperatorException(
                where(key, names) + ": " + shown + (expected.isEmpty() ? "" : " (expected: " + expected + ")"));
    }

    /** The source of a value and its name there. */
    private String where(Key<?> key, String... names) {
        String name = key.with(names).replace("\"", "");
        @Nullable String source = configValue(key, names).getConfigSourceName();
        if (source == null) {
            return name;
        }
        return keys.where(source, name);
    }

    private Optional<String> text(Key<?> key, String... names) {
        return Optional.ofNullable(configValue(key, names).getValue()).map(String::strip);
    }

    private ConfigValue configValue(Key<?> key, String... names) {
        return config.getConfigValue(key.with(names));
    }

    private static String[] placeholders(Key<?> key, List<String> path) {
        List<String> segments = key.segments();
        return Stream.iterate(0, i -> i < path.size(), i -> i + 1)
                .filter(i -> Key.isPlaceholder(segments.get(i)))
                .map(path::get)
                .toArray(String[]::new);
    }
}
