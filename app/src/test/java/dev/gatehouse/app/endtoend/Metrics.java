package dev.gatehouse.app.endtoend;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One reading of {@code /metrics}: values by the series' text, labels included. */
record Metrics(Map<String, Double> series) {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+(?:\\{[^}]*})?) (\\S+)$");

    static Metrics parse(String text) {
        return new Metrics(SAMPLE.matcher(text)
                .results()
                .collect(Collectors.toMap(m -> m.group(1), m -> Double.parseDouble(m.group(2)))));
    }

    /** The sum of all series of this name that have this text among their labels. */
    long sum(String name, String label) {
        return series.entrySet().stream()
                .filter(e -> e.getKey().equals(name)
                        || (e.getKey().startsWith(name + "{") && e.getKey().contains(label)))
                .mapToLong(e -> e.getValue().longValue())
                .sum();
    }

    /** Packets that were given to nodes and for which none came back, over all nodes. */
    long notReturned() {
        return sum("gatehouse_node_forwarded_total", "") - sum("gatehouse_node_returned_total", "");
    }

    /** Packets of finished attachments, over all nodes. */
    long stale() {
        return sum("gatehouse_node_stale_total", "");
    }

    /** Sessions attached to a node. */
    long attached(String node) {
        return sum("gatehouse_node_attachments", "node=\"" + node + "\"");
    }

    /** Links of a node that are up. */
    long links(String node) {
        return sum("gatehouse_node_links", "node=\"" + node + "\"");
    }
}
