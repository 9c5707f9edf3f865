package dev.gatehouse.bench;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Live objects by class, as {@code jcmd GC.class_histogram} lists them.
 *
 * @param classes by name
 */
record Histogram(Map<String, Count> classes) {
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final Map<String, String> PRIMITIVES = Map.of(
            "B", "byte", "C", "char", "D", "double", "F", "float", "I", "int", "J", "long", "S", "short", "Z",
            "boolean");

    /** So many objects, of so many bytes together. */
    record Count(long objects, long bytes) {
        private static final Count NONE = new Count(0, 0);

        private Count minus(Count other) {
            return new Count(objects - other.objects, bytes - other.bytes);
        }
    }

    static Histogram parse(String listing) {
        Map<String, Count> classes = new HashMap<>();
        listing.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> classes.merge(
                        name(line.group(3)),
                        new Count(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))),
                        (a, b) -> new Count(a.objects + b.objects, a.bytes + b.bytes)));
        return new Histogram(classes);
    }

    /** What has come since an earlier one. */
    Histogram since(Histogram before) {
        Map<String, Count> difference = new HashMap<>();
        classes.forEach(
                (name, count) -> difference.put(name, count.minus(before.classes.getOrDefault(name, Count.NONE))));
        return new Histogram(difference);
    }

    long bytes() {
        return classes.values().stream().mapToLong(Count::bytes).sum();
    }

    /** A table of the largest classes, for each of so many connections, and what there is beside the heap. */
    String table(int connections, int rows, long residentBytes) {
        List<Map.Entry<String, Count>> largest = classes.entrySet().stream()
                .sorted(Comparator.comparingLong(e -> -e.getValue().bytes()))
                .limit(rows)
                .toList();
        Table table = new Table("class", "objects a connection", "bytes a connection");
        long listed = 0;
        for (Map.Entry<String, Count> each : largest) {
            Count count = each.getValue();
            listed += count.bytes;
            table.row(each.getKey(), each(count.objects, connections, 2), each(count.bytes, connections, 0));
        }
        return table.row("other classes", "", each(bytes() - listed, connections, 0))
                .row("heap in all", "", each(bytes(), connections, 0))
                .row(
                        "beside the heap: buffers, the transport, the JVM",
                        "",
                        each(residentBytes - bytes(), connections, 0))
                .toString();
    }

    private static String each(long all, int connections, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", (double) all / connections);
    }

    /** A class as the language writes it: {@code [B} is {@code byte[]}. */
    private static String name(String internal) {
        if (!internal.startsWith("[")) {
            return "`" + internal + "`";
        }
        int dimensions = internal.lastIndexOf('[') + 1;
        String element = internal.substring(dimensions);
        String type = element.startsWith("L") ? element.substring(1).replace(";", "") : PRIMITIVES.get(element);
        return "`" + type + "[]".repeat(dimensions) + "`";
    }
}
