package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of a YAML file that SmallRye Config leaves out, or shows as if they had a value; in segments.
 *
 * @param empty those with nothing behind them
 * @param lists those of lists
 */
record YamlNames(List<List<String>> empty, List<List<String>> lists) {

    /**
     * Reads the names.
     *
     * @param source what sentences call the file
     * @throws OperatorException for a name that none can be
     */
    static YamlNames of(String source, Map<?, ?> root) {
        YamlNames names = new YamlNames(new ArrayList<>(), new ArrayList<>());
        names.collect(source, List.of(), root);
        return names;
    }

    private void collect(String source, List<String> path, Map<?, ?> map) {
        map.forEach((key, value) -> {
            List<String> below = new ArrayList<>(path);
            below.add(name(source, path, key));
            switch (value) {
                case Map<?, ?> section when !section.isEmpty() -> collect(source, below, section);
                case Collection<?> list -> lists.add(below);
                case null -> empty.add(below);
                case Map<?, ?> nothing -> empty.add(below);
                default -> {}
            }
        });
    }

    private static String name(String source, List<String> path, @Nullable Object key) {
        String name = key == null ? "" : key.toString();
        if (!Key.isName(name)) {
            String where = path.isEmpty() ? "" : " below " + String.join(".", path);
            throw new OperatorException(
                    source + ": the name '" + name + "'" + where + " (expected: " + Key.NAMES + ")");
        }
        return name;
    }
}
