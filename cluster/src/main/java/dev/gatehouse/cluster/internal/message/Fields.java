package dev.gatehouse.cluster.internal.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a JSON object, by their names. Each method refuses what doesn't fit with a sentence that names the field. */
final class Fields {
    private final String where;
    private final JsonNode object;

    /** @param where what the object is, as sentences begin */
    Fields(String where, JsonNode object) {
        this.where = where;
        this.object = object;
        if (!object.isObject()) {
            throw wrong("body", "not an object", "a JSON object");
        }
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name, "a text"));
    }

    Optional<String> optionalText(String name) {
        return present(name).map(value -> asText(name, value));
    }

    boolean truth(String name) {
        JsonNode value = present(name).orElseThrow(() -> missing(name, "true or false"));
        if (!value.isBoolean()) {
            throw wrong(name, "not a boolean", "true or false");
        }
        return value.booleanValue();
    }

    long number(String name, long min, long max) {
        return optionalNumber(name, min, max).orElseThrow(() -> missing(name, min + ".." + max));
    }

    Optional<Long> optionalNumber(String name, long min, long max) {
        return present(name).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrong(name, "not a whole number", min + ".." + max);
            }
            long number = value.longValue();
            if (number < min || number > max) {
                throw wrong(name, Long.toString(number), min + ".." + max);
            }
            return number;
        });
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        array(name).forEach(value -> texts.add(asText(name, value)));
        return texts;
    }

    /** A list that has to be there. */
    <T> List<T> objects(String name, Function<Fields, T> read) {
        if (present(name).isEmpty()) {
            throw missing(name, "a list");
        }
        List<T> objects = new ArrayList<>();
        array(name).forEach(value -> objects.add(read.apply(new Fields(where + ": " + name, value))));
        return objects;
    }

    Optional<Fields> object(String name) {
        return present(name).map(value -> new Fields(where + ": " + name, value));
    }

    /** Makes something of the fields; what that refuses becomes a sentence about this object, without the value. */
    <T> T checked(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(where + ": " + withoutValue(String.valueOf(e.getMessage())));
        }
    }

    /** Of {@code name: value (expected: constraint)} all but the value, which is a stranger's. */
    private static String withoutValue(String sentence) {
        int expected = sentence.lastIndexOf(" (expected: ");
        int colon = sentence.indexOf(':');
        return expected < 0 || colon < 0 ? "not allowed" : sentence.substring(0, colon) + sentence.substring(expected);
    }

    MalformedMessageException wrong(String name, String value, String expected) {
        return new MalformedMessageException(where + ": " + name + ": " + value + " (expected: " + expected + ")");
    }

    private MalformedMessageException missing(String name, String expected) {
        return wrong(name, "missing", expected);
    }

    private Iterable<JsonNode> array(String name) {
        Optional<JsonNode> value = present(name);
        if (value.isPresent() && !value.get().isArray()) {
            throw wrong(name, "not a list", "a list");
        }
        return value.<Iterable<JsonNode>>map(v -> v).orElse(List.of());
    }

    private String asText(String name, JsonNode value) {
        if (!value.isString()) {
            throw wrong(name, "not a text", "a text");
        }
        return value.stringValue();
    }

    private Optional<JsonNode> present(String name) {
        @Nullable JsonNode value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }
}
