package dev.gatehouse.app.config;

import io.smallrye.config.common.MapBackedConfigSource;
import java.util.Map;

/** Values under the name that errors show. */
final class NamedSource extends MapBackedConfigSource {
    private static final long serialVersionUID = 1L;

    NamedSource(String name, Map<String, String> values, int ordinal) {
        super(name, values, ordinal);
    }
}
