package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads a configuration from its {@link Sources}. SmallRye Config lays the sources over one another; which keys there are, and what
 * values they take, say our {@link Keys}, so that every mistake is one sentence that names the source, the key, the value and
 * what is allowed.
 */
final class ConfigReader {
    static final String ENVIRONMENT = "environment";
    static final String SET = "--set";
    static final String OPTIONS = "options";
    private static final Pattern SEGMENT = Pattern.compile("\"([^\"]*)\"|[^.\"]+");
    static final int FILE_ORDINAL = 100;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int SET_ORDINAL = 400;
    private static final int OPTIONS_ORDINAL = 500;

    private final Keys keys;

    ConfigReader(Keys keys) {
        this.keys = keys;
    }

    /**
     * Reads all values that are set.
     *
     * @throws OperatorException for an unknown key, or a file that can't be read
     */
    Values read(Sources sources) {
        List<ConfigSource> layers = new ArrayList<>();
        Optional<YamlFile> file = sources.file().flatMap(path -> YamlFile.read(path, FILE_ORDINAL));
        file.ifPresent(yaml -> {
            String source = yaml.layer().getName();
            yaml.names().lists().forEach(path -> {
                throw new OperatorException(where(source, path) + ": a list (expected: " + expected(path) + ")");
            });
            yaml.names().empty().forEach(path -> checkMayBeEmpty(source, path));
            layers.add(yaml.layer());
        });
        return read(layers, sources);
    }

    /**
     * Reads all values that are set, with a file that has been read already.
     *
     * @throws OperatorException for a mistake in them
     */
    Values read(ConfigSource file, Sources sources) {
        return read(new ArrayList<>(List.of(file)), sources);
    }

    private Values read(List<ConfigSource> layers, Sources sources) {
        Environment environment = new Environment(keys, sources.environment());
        List<List<String>> named = new ArrayList<>();
        layers.forEach(layer -> layer.getPropertyNames().forEach(name -> named.add(split(name))));
        Map<String, String> variables = environment.values(named);
        layers.add(new NamedSource(ENVIRONMENT, variables, ENVIRONMENT_ORDINAL));
        layers.add(new NamedSource(SET, sources.set(), SET_ORDINAL));
        layers.add(new NamedSource(OPTIONS, sources.options(), OPTIONS_ORDINAL));
        layers.forEach(this::checkNames);
        SmallRyeConfig config = new SmallRyeConfigBuilder().withSources(layers).build();
        return new Values(config, keys, present(layers));
    }

    private void checkNames(ConfigSource layer) {
        for (String name : layer.getPropertyNames()) {
            List<String> path = split(name);
            if (path.isEmpty()) {
                throw new OperatorException(layer.getName() + ": a value without a key (expected: KEY=VALUE)");
            }
            if (String.valueOf(layer.getValue(name)).isEmpty()) {
                checkMayBeEmpty(layer.getName(), path);
            } else if (keys.find(path).isEmpty()) {
                throw unknown(layer.getName(), path);
            }
        }
    }

    /**
     * A section with nothing below it, as {@code services:} alone in a line, says nothing; a key needs a value, and what somebody
     * gave a name needs keys.
     */
    private void checkMayBeEmpty(String source, List<String> path) {
        boolean section = firstBelow(path)
                .map(key -> !Key.isPlaceholder(key.segments().get(path.size() - 1)))
                .orElse(false);
        if (!section) {
            if (keys.find(path).isEmpty() && firstBelow(path).isEmpty()) {
                throw unknown(source, path);
            }
            throw new OperatorException(where(source, path) + ": empty (expected: " + expected(path) + ")");
        }
    }

    /** A name as its source has it. */
    private String where(String source, List<String> path) {
        return keys.where(source, String.join(".", path));
    }

    private OperatorException unknown(String source, List<String> path) {
        String why = firstBelow(path)
                .map(below -> "a value (expected: " + expected(path) + ")")
                .or(() -> spelledWithDots(path))
                .or(() -> keys.nearest(path).map(near -> "unknown key (did you mean " + near + "?)"))
                .orElse("unknown key (expected: one of docs/configuration.md)");
        return new OperatorException(where(source, path) + ": " + why);
    }

    /** What should stand behind a name. */
    private String expected(List<String> path) {
        return keys.find(path)
                .map(key -> key.type().expected())
                .or(() -> firstBelow(path).map(below -> "keys below it, such as " + Keys.filledIn(below, path)))
                .orElse("one of docs/configuration.md");
    }

    /** A file has a level for each dot of a key's name. */
    private Optional<String> spelledWithDots(List<String> path) {
        String name = String.join(".", path);
        return keys.find(Arrays.asList(name.split("\\.", -1)))
                .map(key -> "dots in a name (expected: a level of the file for each, " + name.replace(".", ": {")
                        + ": ..."
                        + "}".repeat((int) name.chars().filter(c -> c == '.').count()) + ")");
    }

    /** The first key that stands below this name. */
    private Optional<Key<?>> firstBelow(List<String> path) {
        return keys.all().stream().filter(key -> key.beginsWith(path)).findFirst();
    }

    /** The names that are set, in the order of their sources, each once, with their segments. */
    private static Map<String, List<String>> present(List<ConfigSource> layers) {
        Map<String, List<String>> present = new LinkedHashMap<>();
        layers.forEach(
                layer -> layer.getPropertyNames().stream().sorted().forEach(name -> present.put(name, split(name))));
        return present;
    }

    /** The segments of a name, in which SmallRye Config quotes those with a dot. */
    static List<String> split(String name) {
        return SEGMENT.matcher(name)
                .results()
                .map(segment -> segment.group(1) == null ? segment.group() : segment.group(1))
                .toList();
    }
}
