package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        row(head);
    }

    Table(List<String> head) {
        rows.add(head);
    }

    /** Adds a row; cells that are missing at its end stay empty. */
    Table row(String... cells) {
        return row(List.of(cells));
    }

    Table row(List<String> cells) {
        List<String> row = new ArrayList<>(cells);
        while (!rows.isEmpty() && row.size() < rows.getFirst().size()) {
            row.add("");
        }
        rows.add(List.copyOf(row));
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append("| ").append(String.join(" | ", row).replace('\n', ' ')).append(" |\n");
            if (row.equals(rows.getFirst())) {
                text.append("|---".repeat(row.size())).append("|\n");
            }
        }
        return text.toString();
    }
}
