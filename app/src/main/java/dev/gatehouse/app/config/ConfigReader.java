package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
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
    private static final int FILE_ORDINAL = 100;
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
            yaml.empty().forEach(path -> checkMayBeEmpty(yaml.layer().getName(), path));
            layers.add(yaml.layer());
        });
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
            if (String.valueOf(layer.getValue(name)).isEmpty()) {
                checkMayBeEmpty(layer.getName(), path);
            } else if (keys.find(path).isEmpty()) {
                throw unknown(layer.getName(), path);
            }
        }
    }

    /** A name with nothing below it, as {@code services:} alone in a line, says nothing; a key needs a value. */
    private void checkMayBeEmpty(String source, List<String> path) {
        Optional<Key<?>> key = keys.find(path);
        if (key.isPresent()) {
            String expected = key.get().type().expected();
            throw new OperatorException(where(source, path) + ": empty (expected: " + expected + ")");
        }
        if (firstBelow(path).isEmpty()) {
            throw unknown(source, path);
        }
    }

    /** A name as its source has it. */
    private String where(String source, List<String> path) {
        return keys.where(source, String.join(".", path));
    }

    private OperatorException unknown(String source, List<String> path) {
        String name = String.join(".", path);
        int list = name.indexOf('[');
        if (list > 0) {
            return new OperatorException(
                    source + ": " + name.substring(0, list) + ": a list (expected: a value, or keys below it)");
        }
        String why = firstBelow(path)
                .map(below -> "a value (expected: keys below it, such as " + below + ")")
                .or(() -> keys.nearest(path).map(near -> "unknown key (did you mean " + near + "?)"))
                .orElse("unknown key (expected: one of docs/configuration.md)");
        return new OperatorException(source + ": " + name + ": " + why);
    }

    /** The first key that stands below this name. */
    private Optional<String> firstBelow(List<String> path) {
        return keys.all().stream()
                .filter(key -> key.beginsWith(path))
                .map(Key::name)
                .findFirst();
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
