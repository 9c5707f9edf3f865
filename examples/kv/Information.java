package kv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/** What INFO tells, in its sections. On the server's event loop. */
final class Information {
    private final Store store;
    private final IntSupplier connections;
    private long commands;

    Information(Store store, IntSupplier connections) {
        this.store = store;
        this.connections = connections;
    }

    void countCommand() {
        commands++;
    }

    /** The sections that the request names behind INFO; all if it names none. */
    String text(Request request) {
        boolean all =
                request.count() == 1 || request.is(1, "ALL") || request.is(1, "EVERYTHING") || request.is(1, "DEFAULT");
        List<String> shown = new ArrayList<>();
        sections().forEach((name, lines) -> {
            boolean wanted = all;
            for (int i = 1; i < request.count() && !wanted; i++) {
                wanted = request.is(i, name.toUpperCase(Locale.ROOT));
            }
            if (wanted) {
                shown.add("# " + name + "\r\n" + String.join("", lines));
            }
        });
        return String.join("\r\n", shown);
    }

    private Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        sections.put(
                "Server",
                List.of(
                        line("redis_version", KeyValueServer.REDIS_VERSION),
                        line("redis_mode", "standalone"),
                        line("process_id", ProcessHandle.current().pid()),
                        line("uptime_in_seconds", store.now() / Expiry.SECOND)));
        sections.put("Clients", List.of(line("connected_clients", connections.getAsInt())));
        sections.put(
                "Memory",
                List.of(
                        line("used_memory", store.bytes()),
                        line("maxmemory", store.bytesMax()),
                        line("maxmemory_policy", "noeviction")));
        sections.put("Stats", List.of(line("total_commands_processed", commands)));
        sections.put("Keyspace", keyspace());
        return sections;
    }

    private List<String> keyspace() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < store.databases().size(); i++) {
            Database database = store.databases().get(i);
            if (database.size() > 0) {
                lines.add(line("db" + i, "keys=" + database.size() + ",expires=" + database.expiring() + ",avg_ttl=0"));
            }
        }
        return lines;
    }

    private static String line(String name, Object value) {
        return name + ":" + value + "\r\n";
    }
}
