package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A YAML file as a source of values.
 *
 * @param layer its values
 * @param names the names that stand there
 */
record YamlFile(ConfigSource layer, YamlNames names) {
    /**
     * Reads the file; empty if nothing stands in it.
     *
     * @throws OperatorException if it can't be read, or isn't YAML
     */
    static Optional<YamlFile> read(Path path, int ordinal) {
        String text = TextFile.read(path);
        @Nullable Object root = parse(path, text);
        requireEnd(path, root, Collections.newSetFromMap(new IdentityHashMap<>()));
        if (root == null) {
            return Optional.empty();
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw new OperatorException(path + ": holds no keys (expected: lines such as listen: 127.0.0.1:8888)");
        }
        return Optional.of(
                new YamlFile(new YamlConfigSource(path.toString(), text, ordinal), YamlNames.of(path.toString(), map)));
    }

    /** Parses as SmallRye Config will, but takes no key twice. */
    private static @Nullable Object parse(Path path, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).load(text);
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : ", line " + (e.getProblemMark().getLine() + 1);
            throw new OperatorException(path + where + ": isn't YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new OperatorException(
                    path + ": isn't YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    /** YAML lets an alias stand inside of what it names; nobody could read such values to their end. */
    private static void requireEnd(Path path, @Nullable Object value, Set<Object> around) {
        Collection<?> below = switch (value) {
            case Map<?, ?> map -> map.values();
            case Collection<?> list -> list;
            case null, default -> List.of();
        };
        if (value == null || below.isEmpty()) {
            return;
        }
        if (!around.add(value)) {
            throw new OperatorException(path + ": an alias that holds itself (expected: values that end)");
        }
        below.forEach(each -> requireEnd(path, each, around));
        around.remove(value);
    }
}
